package io.nightshift.detect.domain.correlate;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.ForecastEvidence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether somebody would be woken: users are harmed, and it is not a blip.
 *
 * <ul>
 *   <li>Harm that has lasted longer than a blip pages. A restart, a rollout or a surge harms for seconds.
 *   <li>Slowness alone, with no failure, pages after three blips: callers of a process that was just started wait while it
 *       warms up, and that lasts longer than a blip.
 *   <li>Harm beside a saturated resource pages at once: there is a reason why it will not pass by itself.
 *   <li>Two different bounded resources of one instance saturated for longer than a blip page before users notice: such as
 *       memory and the time spent to reclaim it. One full resource alone may be meant.
 *   <li>A resource that will run out pages when that is near: see {@link #isNear}.
 * </ul>
 */
final class Paging {

    private static final long SLOW_BLIPS = 3;
    private static final long NEAR_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final long EXPIRY_NEAR_MILLIS = Duration.ofDays(1).toMillis();
    private static final double NEARLY_FULL = 0.8;

    private Paging() {}

    static boolean decide(Collection<Member> members, long nowMillis, long blipMillis) {
        boolean harm = false;
        boolean lastingHarm = false;
        Map<String, Set<String>> saturated = new HashMap<>();
        boolean saturation = false;
        boolean exhausted = false;
        for (Member member : members) {
            if (!member.isOpen()) {
                continue;
            }
            long blips = member.kind() == AnomalyKind.LATENCY ? SLOW_BLIPS : 1;
            boolean lasting = nowMillis - member.onsetMillis() >= blips * blipMillis;
            if (member.weight() == Weight.HARM) {
                // A severity below 1 is an anomaly on its way out: over in fact, though not yet for certain.
                boolean happening = member.anomaly().getSeverity() >= 1;
                harm |= happening;
                lastingHarm |= lasting && happening;
            }
            exhausted |= member.kind() == AnomalyKind.EXHAUSTION && isNear(member.anomaly());
            if (member.kind() == AnomalyKind.SATURATION) {
                saturation = true;
                if (lasting) {
                    Set<String> names = saturated.computeIfAbsent(
                            member.service() + "@"
                                    + member.anomaly().getSubject().getInstance(),
                            k -> new HashSet<>());
                    names.add(member.anomaly().getName());
                    exhausted |= names.size() >= 2;
                }
            }
        }
        return lastingHarm || (harm && saturation) || exhausted;
    }

    /**
     * Whether a foretold end can't wait for the morning: even its late end comes within a quarter of an hour and sooner than
     * it has been foretold for, and four fifths are used. What expires at a known time is near a day before.
     */
    private static boolean isNear(Anomaly anomaly) {
        ForecastEvidence forecast = anomaly.getForecast();
        if (forecast == null || forecast.getLatest() == null) {
            return false;
        }
        long now = anomaly.getUpdatedAt().toEpochMilli();
        long left = forecast.getLatest().toEpochMilli() - now;
        if (forecast.getLimit() == 0) {
            return left <= EXPIRY_NEAR_MILLIS;
        }
        long foretold = now - anomaly.getDetectedAt().toEpochMilli();
        return left <= Math.min(NEAR_MILLIS, foretold) && forecast.getCurrent() >= NEARLY_FULL * forecast.getLimit();
    }
}
