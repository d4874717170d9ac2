package io.nightshift.remediate.domain;

import io.nightshift.events.ControlRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code POLICY_CHANGE} says: a proposal, which carries the text, or its approval, which is bound to the text's hash.
 *
 * @param step propose or approve
 * @param base version of the configured policy that it was made on
 * @param from version in force that it is to take the place of
 * @param change id of the proposal that is approved; of a proposal, its own
 * @param text the proposed policy; empty on an approval
 */
public record PolicyChange(Step step, String base, String from, String change, String text) {

    /** All are about one subject, so that Kafka keeps their order. */
    public static final String SUBJECT = "policy";

    /** A control record holds 16 KiB; the rest is for names, reason and signature. */
    public static final int MOST_BYTES = 12 * 1024;

    /** What is said about a change. */
    public enum Step {
        PROPOSE,
        APPROVE
    }

    /** @throws PolicyException when the text is longer than a record may be */
    public static Map<String, String> proposal(String base, String from, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new PolicyException(
                    "the policy has " + bytes + " bytes, and one that is changed while Nightshift runs may have "
                            + MOST_BYTES + "; shorten it, or name the file under remediate.policy and start anew");
        }
        return new HashMap<>(Map.of("step", "propose", "base", base, "from", from, "text", text));
    }

    public static Map<String, String> approval(String base, String from, String change) {
        return new HashMap<>(Map.of("step", "approve", "base", base, "from", from, "change", change));
    }

    /** Empty when something is missing. */
    static Optional<PolicyChange> of(ControlRecord control) {
        Map<String, String> said = control.getArguments();
        String base = said.getOrDefault("base", "");
        String from = said.getOrDefault("from", "");
        String text = said.getOrDefault("text", "");
        String change = said.getOrDefault("change", "");
        if (base.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        return switch (said.getOrDefault("step", "")) {
            case "propose" ->
                text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PolicyChange(Step.PROPOSE, base, from, control.getId(), text));
            case "approve" ->
                change.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PolicyChange(Step.APPROVE, base, from, change, ""));
            default -> Optional.empty();
        };
    }
}
