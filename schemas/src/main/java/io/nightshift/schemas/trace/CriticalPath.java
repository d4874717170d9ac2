package io.nightshift.schemas.trace;

import io.nightshift.events.PathStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The steps that a call waited for. TimedSpan from its end: a span waits for the child that ended last, that child for its own,
 * and what lies between is the span's own time (CRISP, Zhang et al., USENIX ATC 2022, section 3). Children that run beside
 * the one that was waited for are not on the path; clocks that disagree are cut to the parent's interval.
 */
public final class CriticalPath {

    private static final int MAX_STEPS = 12;
    private static final int MAX_DEPTH = 32;

    private final List<TimedSpan> spans;
    /** From the end to the beginning. */
    private final List<PathStep> steps = new ArrayList<>();

    private CriticalPath(List<TimedSpan> spans) {
        this.spans = spans;
    }

    /**
     * @param root the call
     * @param spans spans of its trace, as far as they are at hand, in any order
     * @return at most twelve steps in the order of time; their milliseconds add up to the call's duration
     */
    public static List<PathStep> of(TimedSpan root, List<TimedSpan> spans) {
        CriticalPath path = new CriticalPath(spans);
        path.walk(root, root.startMicros(), root.endMicros(), 0);
        Collections.reverse(path.steps);
        return shortened(path.steps);
    }

    private void walk(TimedSpan span, long fromMicros, long toMicros, int depth) {
        long cursor = toMicros;
        while (cursor > fromMicros) {
            TimedSpan last = depth < MAX_DEPTH ? lastChild(span, fromMicros, cursor) : null;
            if (last == null) {
                break;
            }
            long end = Math.min(last.endMicros(), cursor);
            long start = Math.max(last.startMicros(), fromMicros);
            own(span, end, cursor);
            walk(last, start, end, depth + 1);
            cursor = start;
        }
        own(span, fromMicros, cursor);
    }

    /** The child that ended last of those that began before this time; of several the longest. */
    private TimedSpan lastChild(TimedSpan parent, long fromMicros, long beforeMicros) {
        return spans.stream()
                .filter(span -> parent.id().equals(span.parentId()) && span != parent)
                .filter(span -> span.startMicros() < beforeMicros && span.endMicros() > fromMicros)
                .filter(span -> Math.max(span.startMicros(), fromMicros) < Math.min(span.endMicros(), beforeMicros))
                .max(Comparator.comparingLong((TimedSpan span) -> Math.min(span.endMicros(), beforeMicros))
                        .thenComparingLong(span -> -span.startMicros())
                        .thenComparing(TimedSpan::id))
                .orElse(null);
    }

    private void own(TimedSpan span, long fromMicros, long toMicros) {
        if (toMicros > fromMicros) {
            steps.add(new PathStep(
                    span.service(),
                    span.name(),
                    span.id(),
                    span.kind(),
                    span.peer(),
                    (toMicros - fromMicros) / 1e3,
                    span.failed()));
        }
    }

    /** The shortest steps are added to the ones before them until few enough are left. */
    private static List<PathStep> shortened(List<PathStep> steps) {
        while (steps.size() > MAX_STEPS) {
            int shortest = 1;
            for (int i = 2; i < steps.size(); i++) {
                shortest = steps.get(i).getMillis() < steps.get(shortest).getMillis() ? i : shortest;
            }
            PathStep gone = steps.remove(shortest);
            PathStep before = steps.get(shortest - 1);
            steps.set(
                    shortest - 1,
                    PathStep.newBuilder(before)
                            .setMillis(before.getMillis() + gone.getMillis())
                            .build());
        }
        return steps;
    }
}
