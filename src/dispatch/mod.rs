//! Which interpreter is offered which call, without I/O.
