package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import io.nightshift.events.Trust;
import io.nightshift.schemas.trust.Levels;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import io.nightshift.schemas.trust.Wilson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The running account of one key while its events are folded. Autonomy is narrowed here by itself and at once, and the level
 * granted never rises but by a promotion: what was lost is not regained by earning it again.
 */
final class TrustLedger {

    /** What one service contributed: weight, and how many held. */
    private static final class Share {
        private double weight;
        private int held;
    }

    private final TrustSettings settings;
    private final Map<String, Share> goodByService = new HashMap<>();
    private final Map<String, Instant> released = new HashMap<>();
    private final TrustStanding standing = new TrustStanding();
    private double bad;
    private Instant asOf;

    TrustLedger(TrustSettings settings) {
        this.settings = settings;
    }

    void accept(TrustEvent event) {
        fadeTo(event.at());
        if (event instanceof TrustEvent.Released it) {
            release(it.release());
        } else if (event instanceof TrustEvent.Learned it) {
            learn(it.experience());
        } else if (event instanceof TrustEvent.TakenBack) {
            standing.doubt(event.at());
        } else if (event instanceof TrustEvent.Promoted it) {
            standing.promote(it.promotion(), earned(), settings);
        }
        asOf = event.at();
    }

    private void fadeTo(Instant now) {
        if (asOf != null) {
            double left = TrustReading.fading(Duration.between(asOf, now), settings.halfLifeDays());
            goodByService.values().forEach(share -> share.weight *= left);
            bad *= left;
        }
        standing.pass(now);
        standing.narrow(earned(), now, "what spoke for it faded");
    }

    private void release(Release release) {
        released.put(release.service(), release.at());
        Share lost = goodByService.remove(release.service());
        if (lost != null) {
            standing.reset(release.at(), "a new release of " + release.service());
            standing.narrow(earned(), release.at(), standing.resetBy());
        }
    }

    private void learn(Experience experience) {
        Instant at = experience.getAt();
        if (standing.isOtherPlaybook(experience.getPlaybook())) {
            goodByService.clear();
            bad = 0;
            standing.anew(at, "another version of the playbook");
        }
        double weight = experience.getDrill() ? settings.drillWeight() : 1;
        standing.count(experience);
        switch (experience.getOutcome()) {
            case HELD -> held(experience, weight);
            case RECURRED, INEFFECTIVE, UNDONE -> bad += weight;
            case HARMFUL -> {
                goodByService.clear();
                bad += TrustSettings.HARM_WEIGHT * weight;
                standing.harm(at, experience.getIncidentId());
            }
            case HUMAN_DID_IT -> agreed(experience, weight);
            case HUMAN_DID_OTHERWISE ->
                bad += experience.getStartedAt() == null ? settings.shadowWeight() * weight : weight;
            default -> {
                return; // Of a newer release, which alone knows what it means.
            }
        }
        standing.narrow(earned(), at, Words.of(experience.getOutcome()) + " in " + experience.getIncidentId());
    }

    /** An outcome without its action widens nothing; one of a release that is gone says nothing about the one that runs. */
    private void held(Experience experience, double weight) {
        Instant started = experience.getStartedAt();
        Instant release = released.get(experience.getService());
        if (started != null && (release == null || release.isBefore(started))) {
            Share share = goodByService.computeIfAbsent(experience.getService(), any -> new Share());
            share.weight += weight;
            share.held++;
        }
    }

    private void agreed(Experience experience, double weight) {
        if (experience.getProposed()) {
            goodByService.computeIfAbsent(experience.getService(), any -> new Share()).weight +=
                    settings.shadowWeight() * weight;
        }
    }

    private double good() {
        return goodByService.values().stream()
                .mapToDouble(share -> share.weight)
                .sum();
    }

    private int earned() {
        return Levels.earned(Wilson.lowerBound(good(), bad), settings.thresholds());
    }

    Trust trust(Collection<Experience> experiences) {
        List<Experience> byTime =
                experiences.stream().sorted(Experiences.BY_TIME).toList();
        int held = goodByService.values().stream().mapToInt(share -> share.held).sum();
        return standing.trust(TrustKey.of(byTime.get(byTime.size() - 1)))
                .setLevel(Math.min(standing.granted(), earned()))
                .setEarned(earned())
                .setLowerBound(Wilson.lowerBound(good(), bad))
                .setGood(good())
                .setBad(bad)
                .setHalfLifeDays(settings.halfLifeDays())
                .setThresholds(settings.thresholds())
                .setHeld(held)
                .setRepeated(repeated(byTime))
                .setLatest(LessonBook.latest(byTime))
                .setAsOf(asOf)
                .setSentence(sentence(TrustKey.of(byTime.get(byTime.size() - 1)), held))
                .build();
    }

    private static int repeated(List<Experience> experiences) {
        Map<String, List<Experience>> byLesson = new HashMap<>();
        experiences.forEach(
                experience -> byLesson.computeIfAbsent(LessonKey.of(experience).toString(), any -> new ArrayList<>())
                        .add(experience));
        return byLesson.values().stream().mapToInt(RepeatedMistakes::count).sum();
    }

    private String sentence(TrustKey key, int held) {
        return Words.of(key.action()) + (key.playbook().isEmpty() ? "" : " " + key.playbook()) + " at "
                + key.serviceClass() + " against " + Words.of(key.causeClass()) + ": level "
                + Math.min(standing.granted(), earned()) + ", held " + Words.times(held) + ", "
                + standing.against() + " against it.";
    }
}
