package io.nightshift.investigate.domain.measure;

import java.util.Map;
import java.util.Set;

/**
 * Alarms of a window beside what rings anyway.
 *
 * @param ringing alarms of this window, each with the seconds by which it came after the first; 0 when its time is unknown
 * @param earlierWindows how many windows came before
 * @param rangBefore in how many of them each alarm rang
 * @param members members of an entity that has parts, such as the instances of a service
 */
public record Alarms(
        Map<Alarm, Double> ringing,
        int earlierWindows,
        Map<Alarm, Integer> rangBefore,
        Map<String, Set<String>> members) {

    public static final Alarms NONE = new Alarms(Map.of(), 0, Map.of(), Map.of());

    public Alarms {
        ringing = Map.copyOf(ringing);
        rangBefore = Map.copyOf(rangBefore);
        members = Map.copyOf(members);
    }

    /** Surprise of an alarm in nats: −ln of its rate in earlier windows, which are never enough to say "never". */
    double surprise(Alarm alarm) {
        return -Math.log((rangBefore.getOrDefault(alarm, 0) + 0.5) / (earlierWindows + 1.0));
    }
}
