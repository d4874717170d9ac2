package io.nightshift.oversee.domain.view;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import java.util.Optional;

/** What a person must read first: the cause and where it is, once there is an answer; until then what was seen. */
final class Headline {

    private Headline() {}

    static String of(Optional<Hypothesis> best, String seen) {
        return best.filter(Headline::namesACause).map(Headline::cause).orElse(seen);
    }

    private static boolean namesACause(Hypothesis hypothesis) {
        CauseClass cause = hypothesis.getCauseClass();
        boolean classed = cause != CauseClass.UNKNOWN && cause != CauseClass.NO_CULPRIT;
        return classed || !hypothesis.getService().isEmpty();
    }

    private static String cause(Hypothesis hypothesis) {
        String words = Words.of(hypothesis.getCauseClass());
        String what = words.isEmpty() || hypothesis.getCauseClass() == CauseClass.NO_CULPRIT ? "unclear fault" : words;
        String where =
                hypothesis.getService().isEmpty() ? "outside" : "in " + Words.serviceName(hypothesis.getService());
        String instance = hypothesis.getInstance() == null ? "" : " (" + hypothesis.getInstance() + ")";
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + " " + where + instance;
    }
}
