package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.schemas.CauseHash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the last effect left on an object: the fence of targets in a cluster. It is written together with the effect where that
 * is one patch, and before it where it is not.
 *
 * @param action its action id, hashed
 * @param token highest token that acted
 * @param subject uid of what it acted on where that is not the object itself; may be empty
 */
record ClusterMark(String action, long token, String subject) {

    static final String ACTION = "nightshift.io/action";
    static final String TOKEN = "nightshift.io/token";
    static final String SUBJECT = "nightshift.io/subject";

    /** @throws IllegalStateException when a mark is there that nobody of us wrote: whose it is, is not known */
    static ClusterMark on(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        if (annotations == null || !annotations.containsKey(TOKEN)) {
            return new ClusterMark("", -1, "");
        }
        try {
            return new ClusterMark(
                    annotations.getOrDefault(ACTION, ""),
                    Long.parseLong(annotations.get(TOKEN)),
                    annotations.getOrDefault(SUBJECT, ""));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "the annotation " + TOKEN + " of " + object.getMetadata().getName() + " is no number; remove it",
                    e);
        }
    }

    static ClusterMark of(Effect effect, String subject) {
        return new ClusterMark(key(effect), effect.token(), subject);
    }

    boolean isOf(Effect effect) {
        return action.equals(key(effect));
    }

    boolean isNewerThan(Effect effect) {
        return token >= effect.token() && !isOf(effect) || token > effect.token();
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(ACTION, action);
        annotations.put(TOKEN, String.valueOf(token));
        annotations.put(SUBJECT, subject);
        return annotations;
    }

    private static String key(Effect effect) {
        return CauseHash.sha256(effect.values().getOrDefault("actionId", "")).substring(0, 32);
    }
}
