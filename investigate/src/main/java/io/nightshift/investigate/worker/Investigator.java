package io.nightshift.investigate.worker;

import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.Case;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Inquiry;
import io.nightshift.investigate.domain.LessonRecall;
import io.nightshift.investigate.evidence.EvidencePack;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Found;
import io.nightshift.investigate.evidence.Material;
import io.nightshift.investigate.skill.ShownSkills;
import io.nightshift.investigate.skill.SkillLibrary;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.worker.Outgoing;
import io.nightshift.runtime.worker.Work;
import io.nightshift.runtime.worker.WorkContext;
import io.nightshift.runtime.worker.WorkHandler;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Works on a request: gathers evidence, ranks causes, lets a model think again if there is one, writes the answer down.
 * Whatever goes wrong on the way, an answer comes: at worst the ranker's, from what the incident carries itself.
 */
public final class Investigator implements WorkHandler<String, InvestigationRequest> {

    /** Kept back from a model's time for writing down the answer without it. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private final Topics topics;
    private final Inventory inventory;
    private final InvestigateSettings settings;
    private final Supplier<EvidenceReader> readers;
    private final SkillLibrary skills;
    private final Reasoner reasoner;
    private final Recall recall;
    private final Clock clock;

    public Investigator(
            Topics topics,
            Inventory inventory,
            InvestigateSettings settings,
            Supplier<EvidenceReader> readers,
            SkillLibrary skills,
            Reasoner reasoner,
            Recall recall,
            Clock clock) {
        this.topics = topics;
        this.inventory = inventory;
        this.settings = settings;
        this.readers = readers;
        this.skills = skills;
        this.reasoner = reasoner;
        this.recall = recall;
        this.clock = clock;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> work(Work<String, InvestigationRequest> work, WorkContext context) {
        Instant startedAt = clock.instant();
        InvestigationRequest request = LessonRecall.completed(
                work.value(), recall.byMeaning(work.value().getIncident()));
        EvidencePack pack;
        Diagnosis diagnosis;
        ShownSkills shown;
        try (EvidenceReader reader = readers.get()) {
            Material material =
                    Material.gather(request, origin(work), reader, topics, Inquiry.until(request, startedAt));
            EvidencePack found = EvidencePack.of(material, inventory);
            Diagnosis ranked = diagnose(material, found);
            shown = ShownSkills.of(skills.fitting(ranked), found);
            pack = shown.pack().chosenFor(ranked, EvidencePack.TOKENS);
            diagnosis = ranked.restingOn(pack.items());
        }
        Duration timeLeft = Duration.ofSeconds(request.getDeadlineSeconds())
                .minus(Duration.between(startedAt, clock.instant()))
                .minus(RESERVE);
        Reasoning reasoning = reasoner.reason(diagnosis, request.getQuestion(), timeLeft);
        return result(new Report(request, pack, diagnosis, reasoning, shown), request, startedAt);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, InvestigationRequest> work) {
        return quick(work, "the deadline passed; this is what the incident itself tells");
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, InvestigationRequest> work, Throwable fault) {
        return quick(
                work,
                "the investigation failed (" + fault.getClass().getSimpleName()
                        + "); this is what the incident itself tells");
    }

    /** An answer from the request alone, in milliseconds. */
    private List<ProducerRecord<byte[], byte[]>> quick(Work<String, InvestigationRequest> work, String why) {
        Instant now = clock.instant();
        Material material = Material.ofRequestAlone(work.value(), origin(work), why);
        EvidencePack pack = EvidencePack.of(material, inventory);
        Reasoning none = Reasoning.declined(why);
        ShownSkills skipped = ShownSkills.none(pack);
        return result(new Report(work.value(), pack, diagnose(material, pack), none, skipped), work.value(), now);
    }

    private Diagnosis diagnose(Material material, EvidencePack pack) {
        Case subject = Case.of(
                material.request().getIncident(),
                material.changes().stream().map(Found::value).toList(),
                material.rollups().stream().map(Found::value).toList(),
                material.request().getLessons(),
                inventory,
                pack.citations());
        return Diagnosis.of(subject, pack.items(), settings.proposalConfidence());
    }

    private List<ProducerRecord<byte[], byte[]>> result(
            Report report, InvestigationRequest request, Instant startedAt) {
        Topic<String, Investigation> topic = topics.investigations();
        Investigation investigation = report.write(
                startedAt,
                clock.instant(),
                record -> topic.value().serializer().serialize(topic.name(), record).length,
                topic.recordLimitBytes());
        return List.of(Outgoing.to(topic, request.getIncident().getId(), investigation));
    }

    private static RecordRef origin(Work<String, InvestigationRequest> work) {
        return new RecordRef(work.source().topic(), work.source().partition(), work.offset());
    }
}
