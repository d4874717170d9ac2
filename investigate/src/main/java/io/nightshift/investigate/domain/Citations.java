package io.nightshift.investigate.domain;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Lesson;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what a piece of evidence is known by (its key) to the id that claims cite, such as {@code E7}.
 *
 * @param idByKey evidence id by key
 */
public record Citations(Map<String, String> idByKey) {

    public Citations {
        idByKey = Map.copyOf(idByKey);
    }

    public List<String> of(String key) {
        return Optional.ofNullable(idByKey.get(key)).map(List::of).orElse(List.of());
    }

    public static String change(ChangeEvent change) {
        return "change:" + change.getSource() + "|" + change.getId();
    }

    /** The lesson's own key in its topic. */
    public static String lesson(Lesson lesson) {
        return lesson.getFingerprint() + "|" + lesson.getCauseClass() + "|" + lesson.getAction() + "|"
                + lesson.getService();
    }

    public static String rollup(ServiceRollup rollup) {
        return "rollup:" + ServiceKey.of(rollup.getService()) + "@" + rollup.getMinute();
    }

    public static String edge(EntityRef edge) {
        return "edge:" + ServiceKey.of(edge) + ">" + edge.getPeer();
    }
}
