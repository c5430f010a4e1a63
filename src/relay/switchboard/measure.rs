//! The measures of service, for Prometheus. Nothing here says who.

use metrics::{Counter, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

use crate::dispatch::call::{Call, Count, Phase};
use crate::dispatch::policy::Policy;
use crate::dispatch::world::{CallChange, Change, Why};
use crate::protocol::{Face, Question};

/// Names and meanings; every counter starts at 0, so that a scrape before the first call finds it.
pub fn describe() {
    describe_counter!(
        "zhest_calls_requested_total",
        "calls asked for (offered, in the words of contact centres)"
    );
    describe_counter!("zhest_calls_answered_total", "calls answered for the first time");
    describe_counter!(
        "zhest_calls_abandoned_total",
        "calls given up unanswered; short: so soon that nobody could have"
    );
    describe_counter!("zhest_calls_ended_total", "calls that ended after a conversation");
    describe_counter!(
        "zhest_calls_requeued_total",
        "calls whose interpreter was lost and that were queued again"
    );
    describe_counter!(
        "zhest_calls_transferred_total",
        "calls that an interpreter gave to a colleague"
    );
    describe_counter!("zhest_ring_no_answer_total", "offers that rang out");
    describe_counter!("zhest_declined_total", "offers that were declined");
    describe_counter!(
        "zhest_answers_total",
        "answers of visitors who were asked after a conversation whether they understood, and saw well"
    );
    describe_histogram!("zhest_wait_seconds", "from the request to the first answer");
    describe_counter!("zhest_tickets_called_total", "paper tickets called to a window");
    describe_counter!("zhest_help_wanted_total", "visitors who needed help in an alarm");
    describe_gauge!("zhest_calls_waiting", "calls that wait or ring");
    describe_gauge!("zhest_calls_active", "conversations");
    describe_gauge!("zhest_interpreters_on_duty", "interpreters who take calls");
    describe_gauge!("zhest_interpreters_free", "interpreters who could answer at once");
    describe_gauge!("zhest_sockets", "connected peers");
    counter!("zhest_calls_requested_total").absolute(0);
    counter!("zhest_calls_answered_total").absolute(0);
    counter!("zhest_calls_abandoned_total", "short" => "false").absolute(0);
    counter!("zhest_calls_abandoned_total", "short" => "true").absolute(0);
    counter!("zhest_calls_ended_total").absolute(0);
    counter!("zhest_calls_requeued_total").absolute(0);
    counter!("zhest_calls_transferred_total").absolute(0);
    counter!("zhest_ring_no_answer_total").absolute(0);
    counter!("zhest_declined_total").absolute(0);
    for (question, face) in Question::ALL
        .into_iter()
        .flat_map(|one| Face::ALL.map(|face| (one, face)))
    {
        answers(question, face).absolute(0);
    }
    counter!("zhest_tickets_called_total").absolute(0);
    counter!("zhest_help_wanted_total").absolute(0);
}

pub(super) fn answer(question: Question, face: Face) {
    answers(question, face).increment(1);
}

fn answers(question: Question, face: Face) -> Counter {
    let question = match question {
        Question::Understood => "understood",
        Question::Seen => "seen",
    };
    let face = match face {
        Face::Yes => "yes",
        Face::Partly => "partly",
        Face::No => "no",
    };
    counter!("zhest_answers_total", "question" => question, "face" => face)
}

pub(super) fn change(change: &Change, policy: &Policy) {
    let Some(CallChange { before, after }) = &change.call else {
        return;
    };
    match change.why {
        Why::Requested => counter!("zhest_calls_requested_total").increment(1),
        Why::RangOut => counter!("zhest_ring_no_answer_total").increment(1),
        Why::Declined => counter!("zhest_declined_total").increment(1),
        Why::Requeued => counter!("zhest_calls_requeued_total").increment(1),
        Why::Transferred => counter!("zhest_calls_transferred_total").increment(1),
        Why::Accepted => first_answer(before.as_ref(), after),
        Why::Over => match after.count(policy) {
            Count::Answered => counter!("zhest_calls_ended_total").increment(1),
            Count::Abandoned => counter!("zhest_calls_abandoned_total", "short" => "false").increment(1),
            Count::AbandonedAtOnce => counter!("zhest_calls_abandoned_total", "short" => "true").increment(1),
        },
        Why::Offered | Why::Withdrawn | Why::Status | Why::WrapUp => {}
    }
}

fn first_answer(before: Option<&Call>, after: &Call) {
    if before.is_some_and(|call| call.first_answered_at.is_some()) {
        return;
    }
    if let Some(answered) = after.first_answered_at {
        counter!("zhest_calls_answered_total").increment(1);
        histogram!("zhest_wait_seconds").record(answered.since(after.requested_at) as f64 / 1000.0);
    }
}

pub(super) fn world(world: &crate::dispatch::world::World, now: crate::dispatch::time::UnixMs) {
    let active = world
        .calls
        .values()
        .filter(|call| matches!(call.phase, Phase::Active { .. }))
        .count();
    gauge!("zhest_calls_waiting").set(world.queue().len() as f64);
    gauge!("zhest_calls_active").set(active as f64);
    gauge!("zhest_interpreters_on_duty").set(f64::from(world.on_duty(None, now)));
    gauge!("zhest_interpreters_free").set(f64::from(world.free(None, now)));
}

pub(super) fn sockets(kiosks: usize, interpreters: usize) {
    gauge!("zhest_sockets", "peer" => "kiosk").set(kiosks as f64);
    gauge!("zhest_sockets", "peer" => "interpreter").set(interpreters as f64);
}
