package io.nightshift.remediate.domain.catalogue;

import io.nightshift.events.ActionKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An action with its arguments. */
public record Effect(ActionKind kind, Map<String, String> arguments) {

    public Effect {
        arguments = Map.copyOf(arguments);
    }

    /** What speaks against the arguments by the catalogue. */
    public Optional<String> againstArguments() {
        return spec().againstArguments(arguments);
    }

    /** What takes it back, by the catalogue; empty when nothing does, or the arguments do not tell where it began. */
    public Optional<Effect> undo() {
        return spec().undo().flatMap(undo -> undo.of(arguments));
    }

    /** Whether it ends where it began, so that neither it nor its undo does anything. */
    public boolean isNoOp() {
        return undo().filter(this::endsLike).isPresent();
    }

    /** Whether both end in the same state, wherever they began. */
    public boolean endsLike(Effect other) {
        return kind == other.kind && outcome().equals(other.outcome());
    }

    private Map<String, String> outcome() {
        Map<String, String> outcome = new TreeMap<>(arguments);
        outcome.keySet().retainAll(spec().outcomes());
        return outcome;
    }

    private ActionSpec spec() {
        return Catalogue.of(kind).orElseThrow(() -> new IllegalStateException(kind + " is not in the catalogue"));
    }
}
