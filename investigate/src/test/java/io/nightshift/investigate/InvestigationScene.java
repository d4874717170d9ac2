package io.nightshift.investigate;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.LogBatch;
import io.nightshift.events.RecordRef;
import io.nightshift.events.SpanBatch;
import io.nightshift.investigate.domain.Case;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.evidence.EvidencePack;
import io.nightshift.investigate.evidence.Found;
import io.nightshift.investigate.evidence.Material;
import java.util.List;

/** Makes of a scene what the worker would make of it, with telemetry handed in instead of sought. */
public final class InvestigationScene {

    private InvestigationScene() {}

    public static Diagnosis diagnosis(Scenes scene, RecordRef origin) {
        return diagnosis(scene, origin, List.of(), List.of());
    }

    public static Diagnosis diagnosis(Scenes scene, RecordRef origin, List<LogBatch> logs, List<SpanBatch> spans) {
        Material material = new Material(
                new InvestigationRequest("req-1", scene.incident(), scene.lessons(), Scenes.ONSET, 60, null),
                origin,
                found(scene.changes(), origin),
                List.of(),
                List.of(),
                found(logs, origin),
                found(spans, origin),
                List.of(),
                List.of());
        EvidencePack pack = EvidencePack.of(material, scene.inventory());
        Case subject = Case.of(
                scene.incident(),
                material.changes().stream()
                        .map((Found<ChangeEvent> found) -> found.value())
                        .toList(),
                List.of(),
                scene.lessons(),
                scene.inventory(),
                pack.citations());
        return Diagnosis.of(subject, pack.items(), 0.5);
    }

    private static <V> List<Found<V>> found(List<V> values, RecordRef origin) {
        return values.stream().map(value -> new Found<>(value, origin)).toList();
    }
}
