package io.nightshift.investigate.domain;

import io.nightshift.events.Alternative;
import io.nightshift.events.LessonCitation;
import io.nightshift.events.Proposal;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a diagnosis.
 *
 * @param proposal proposed action, or empty
 * @param whyNone why there is none; empty when there is one
 * @param considered what was considered and refused
 * @param lessons lessons that changed or confirmed the choice
 */
public record Answer(
        Optional<Proposal> proposal, String whyNone, List<Alternative> considered, List<LessonCitation> lessons) {

    public Answer {
        considered = List.copyOf(considered);
        lessons = List.copyOf(lessons);
    }

    static Answer none(String why, List<Alternative> considered) {
        return new Answer(Optional.empty(), why, considered, List.of());
    }
}
