package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import io.nightshift.events.OutcomeKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The same mistake twice, of which there should be none: policy alone let an action through, it ended badly, and when it began
 * it was known that the latest of the same lesson had ended badly.
 */
final class RepeatedMistakes {

    private RepeatedMistakes() {}

    /** @param experiences of one lesson */
    static int count(Collection<Experience> experiences) {
        List<Experience> byTime =
                experiences.stream().sorted(Experiences.BY_TIME).toList();
        return (int)
                byTime.stream().filter(mistake -> isRepeated(mistake, byTime)).count();
    }

    private static boolean isRepeated(Experience mistake, List<Experience> byTime) {
        Instant started = mistake.getStartedAt();
        if (!Ending.isBad(mistake.getOutcome()) || !mistake.getAutomatic() || started == null) {
            return false;
        }
        return byTime.stream()
                .filter(earlier -> earlier.getAt().isBefore(started))
                .filter(earlier -> Ending.isBad(earlier.getOutcome()) || earlier.getOutcome() == OutcomeKind.HELD)
                .reduce((earlier, later) -> later)
                .filter(earlier -> Ending.isBad(earlier.getOutcome()))
                .isPresent();
    }
}
