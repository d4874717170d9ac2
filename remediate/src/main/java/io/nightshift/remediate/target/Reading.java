package io.nightshift.remediate.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.runtime.inventory.HttpStateSpec;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The one JSON object that a state command or probe prints, or that is gathered from an answer. */
record Reading(JsonNode json) {

    /** Who {@code changedBy} names when it was Nightshift itself. */
    static final String OURSELVES = "nightshift";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws TargetException when the text is not one JSON object */
    static Reading parse(String text) throws TargetException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new TargetException("it printed no JSON object");
            }
            return new Reading(node);
        } catch (JsonProcessingException e) {
            throw new TargetException("it printed no JSON object", e);
        }
    }

    /** Gathers from an answer what stands at these JSON pointers, by what it tells. */
    static Reading gather(JsonNode answer, Map<String, String> pointers) {
        ObjectNode gathered = JSON.createObjectNode();
        pointers.forEach((told, pointer) -> gathered.set(told, answer.at(pointer)));
        return new Reading(gathered);
    }

    OptionalDouble number(String field) {
        JsonNode value = json.get(field);
        return value != null && value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** A text, or a number as text; bounded. */
    Optional<String> text(String field) {
        return raw(field).map(Reading::plain);
    }

    private Optional<String> raw(String field) {
        JsonNode value = json.get(field);
        return value != null && value.isValueNode() && !value.isNull() && !value.isBoolean()
                ? Optional.of(value.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /**
     * How it stands, of the fields {@code stateToken}, {@code changedAt}, {@code changedBy}, {@code rollout}, {@code
     * managedBy}, {@code holdsData} and {@code healthyOthers}.
     *
     * @throws TargetException when there is no token, or a field is there and can't be read: what is not understood must not
     *     pass for harmless
     */
    Standing standing() throws TargetException {
        Standing standing = Standing.of(
                raw(HttpStateSpec.STATE_TOKEN).orElseThrow(() -> new TargetException("it told no stateToken")));
        Optional<Instant> changed = changedAt();
        String by = text("changedBy").orElse("");
        if (changed.isPresent() && !by.equals(OURSELVES)) {
            standing = standing.withChange(new Standing.Change(changed.get(), by));
        }
        Optional<String> rollout = told("rollout", "a rollout");
        if (rollout.isPresent()) {
            standing = standing.withRollout(rollout.get());
        }
        Optional<String> data = told("holdsData", "by its own word");
        if (data.isPresent()) {
            standing = standing.withData(data.get());
        }
        Optional<String> owner = text("managedBy");
        if (owner.isPresent()) {
            if (!owner.get().equals(InventoryService.GITOPS) && !owner.get().equals(InventoryService.AUTOSCALER)) {
                throw new TargetException("'" + owner.get() + "' as managedBy is neither gitops nor autoscaler");
            }
            standing = standing.withOwner(owner.get(), "by its own word");
        }
        OptionalDouble others = number("healthyOthers");
        return others.isPresent() ? standing.withHealthyOthers((int) others.getAsDouble()) : standing;
    }

    private Optional<Instant> changedAt() throws TargetException {
        Optional<String> at = text("changedAt");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(at.get()));
        } catch (DateTimeParseException e) {
            throw new TargetException("'" + at.get() + "' as changedAt is no time as 2026-11-23T03:00:00Z", e);
        }
    }

    /** True, or words; false and nothing say no. */
    private Optional<String> told(String field, String words) {
        JsonNode value = json.get(field);
        return value != null && value.isBoolean() && value.booleanValue() ? Optional.of(words) : text(field);
    }

    /** Bounded, and without what a terminal would interpret. */
    static String plain(String text) {
        String plain = text.strip().replaceAll("[^\\x20-\\x7E]+", " ");
        return plain.length() > 300 ? plain.substring(0, 300) + "…" : plain;
    }
}
