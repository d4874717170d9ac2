package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.LessonWeight.Weighed;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.List;
import java.util.Optional;

/**
 * How far lessons are about a cause in a service. That incidents look or read alike brings a lesson here; the evidence's cause
 * decides what it counts. A lesson about another cause is one about another trouble, however alike the words were.
 */
final class LessonFit {

    /** Learned at another service of the same class. */
    private static final double SAME_CLASS = 0.5;

    /** The very same incident was once diagnosed otherwise. */
    private static final double OTHER_CAUSE = 0.25;

    private LessonFit() {}

    static List<Weighed> of(Case subject, Hypothesis best) {
        return subject.lessons().stream()
                .map(lesson -> new Weighed(lesson, byCause(subject, best, lesson) * byService(subject, best, lesson)))
                .filter(weighed -> weighed.share() > 0)
                .toList();
    }

    private static double byCause(Case subject, Hypothesis best, Lesson lesson) {
        if (lesson.getCauseClass() == best.getCauseClass()) {
            return 1;
        }
        boolean undecided = lesson.getCauseClass() == CauseClass.UNKNOWN;
        return lesson.getFingerprint().equals(subject.fingerprint()) && !undecided ? OTHER_CAUSE : 0;
    }

    private static double byService(Case subject, Hypothesis best, Lesson lesson) {
        if (lesson.getService().equals(best.getService())) {
            return 1;
        }
        Optional<String> own = classOf(subject.inventory(), best.getService());
        return own.isPresent() && own.equals(classOf(subject.inventory(), lesson.getService())) ? SAME_CLASS : 0;
    }

    private static Optional<String> classOf(Inventory inventory, String service) {
        return inventory.service(service).map(InventoryService::serviceClass).filter(name -> !name.isEmpty());
    }
}
