package io.nightshift.learn.topology;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Experience;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.Promotion;
import io.nightshift.learn.domain.Release;
import io.nightshift.learn.domain.TrustBook;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what the trust in each key rests on, and forwards the trust that it makes when it changed; null when none is left.
 * Releases come to every task, because their service may be trusted under keys of any.
 */
final class TrustKeeping implements Processor<String, SpecificRecord, String, Trust> {

    /** Older than any promotion can be: what they took away stays away without them. */
    private static final Duration RELEASES_KEPT = Duration.ofDays(2 * 366);

    private final TrustBook book;
    private ProcessorContext<String, Trust> context;
    private KeyValueStore<String, Experience> allExperiences;
    private Prefixed<Experience> experiences;
    private Prefixed<ControlRecord> promotions;
    private Prefixed<ChangeEvent> releases;
    private KeyValueStore<String, Trust> trust;

    TrustKeeping(TrustBook book) {
        this.book = book;
    }

    @Override
    public void init(ProcessorContext<String, Trust> processorContext) {
        context = processorContext;
        allExperiences = processorContext.getStateStore(LearnTopology.TRUST_EXPERIENCES_STORE);
        experiences = new Prefixed<>(allExperiences);
        promotions = new Prefixed<>(processorContext.getStateStore(LearnTopology.PROMOTIONS_STORE));
        releases = new Prefixed<>(processorContext.getStateStore(LearnTopology.RELEASES_STORE));
        trust = processorContext.getStateStore(LearnTopology.TRUST_STORE);
    }

    @Override
    public void process(Record<String, SpecificRecord> told) {
        if (told.value() instanceof ChangeEvent change) {
            Release.of(change).ifPresent(release -> release(change, release, told));
            return;
        }
        if (told.value() instanceof Experience experience) {
            if (experience.getWithdrawn()) {
                experiences.remove(told.key(), experience.getActionId());
            } else {
                experiences.put(told.key(), experience.getActionId(), experience);
            }
        } else if (told.value() instanceof ControlRecord promotion) {
            promotions.put(told.key(), promotion.getId(), promotion);
        }
        weigh(told.key(), told);
    }

    private void release(ChangeEvent change, Release release, Record<String, SpecificRecord> told) {
        releasesOf(release.service())
                .filter(old -> old.at().isBefore(release.at().minus(RELEASES_KEPT)))
                .forEach(old -> releases.remove(release.service(), old.at().toString()));
        releases.put(release.service(), release.at().toString(), change);
        trustedWith(release.service()).forEach(key -> weigh(key, told));
    }

    private Set<String> trustedWith(String service) {
        Set<String> keys = new TreeSet<>();
        try (KeyValueIterator<String, Experience> all = allExperiences.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value.getService().equals(service)) {
                    keys.add(Prefixed.owner(entry.key));
                }
            });
        }
        return keys;
    }

    private Stream<Release> releasesOf(String service) {
        return releases.of(service).stream().map(Release::of).flatMap(Optional::stream);
    }

    private void weigh(String key, Record<String, SpecificRecord> told) {
        Collection<Experience> known = experiences.of(key);
        List<Promotion> promoted = promotions.of(key).stream()
                .map(Promotion::of)
                .flatMap(Optional::stream)
                .toList();
        List<Release> released = known.stream().map(Experience::getService).collect(Collectors.toSet()).stream()
                .flatMap(this::releasesOf)
                .toList();
        Trust before = trust.get(key);
        Trust now = book.of(known, promoted, released).orElse(null);
        if (now == null ? before != null : !now.equals(before)) {
            trust.put(key, now);
            context.forward(new Record<>(key, now, told.timestamp()));
        }
    }
}
