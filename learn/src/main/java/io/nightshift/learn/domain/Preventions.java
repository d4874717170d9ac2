package io.nightshift.learn.domain;

import io.nightshift.events.Dossier;
import io.nightshift.events.Prevention;
import io.nightshift.events.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Notices what comes back: the third incident of one fingerprint asks for prevention instead of a further repair. */
public final class Preventions {

    /** From so many incidents on. */
    public static final int FROM = 3;

    private static final int LATEST = 16;

    private Preventions() {}

    /** What a dossier adds to the count of its fingerprint; nothing when nobody was to act on it, or when it was revoked. */
    public static Optional<Sighting> sighting(Dossier dossier) {
        boolean mattered = dossier.getPages() || !dossier.getActions().isEmpty();
        if (dossier.getRevoked()
                || dossier.getMerged()
                || !mattered
                || dossier.getFingerprint().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Sighting.newBuilder()
                .setIncidentId(dossier.getIncidentId())
                .setFingerprint(dossier.getFingerprint())
                .setEnvironment(dossier.getEnvironment())
                .setServices(dossier.getServices())
                .setOnset(dossier.getOnset())
                .setSymptoms(dossier.getSymptoms())
                .build());
    }

    /** What to tell so that whoever counted the dossier before counts it rightly now. */
    public static List<Sighting> changes(Dossier before, Dossier after) {
        Optional<Sighting> told = sighting(before);
        Optional<Sighting> now = sighting(after);
        List<Sighting> changes = new ArrayList<>();
        told.filter(sighting -> now.map(Sighting::getFingerprint)
                        .filter(sighting.getFingerprint()::equals)
                        .isEmpty())
                .ifPresent(sighting -> changes.add(
                        Sighting.newBuilder(sighting).setWithdrawn(true).build()));
        now.filter(sighting -> !now.equals(told)).ifPresent(changes::add);
        return changes;
    }

    /**
     * @param sightings of one fingerprint, at most one for each incident
     * @return empty below {@link #FROM}
     */
    public static Optional<Prevention> of(Collection<Sighting> sightings) {
        if (sightings.size() < FROM) {
            return Optional.empty();
        }
        List<Sighting> newestFirst = sightings.stream()
                .sorted(Comparator.comparing(Sighting::getOnset)
                        .thenComparing(Sighting::getIncidentId)
                        .reversed())
                .toList();
        Sighting newest = newestFirst.get(0);
        Sighting oldest = newestFirst.get(newestFirst.size() - 1);
        return Optional.of(Prevention.newBuilder()
                .setFingerprint(newest.getFingerprint())
                .setEnvironment(newest.getEnvironment())
                .setServices(newest.getServices())
                .setTimes(newestFirst.size())
                .setIncidents(newestFirst.stream()
                        .limit(LATEST)
                        .map(Sighting::getIncidentId)
                        .toList())
                .setFirstAt(oldest.getOnset())
                .setLastAt(newest.getOnset())
                .setSymptoms(newest.getSymptoms())
                .setSentence("The same incident came " + newestFirst.size() + " times since " + oldest.getOnset()
                        + " at " + where(newest) + ": repairing it again is not enough, its cause is to be removed.")
                .build());
    }

    private static String where(Sighting sighting) {
        return sighting.getServices().isEmpty()
                ? sighting.getEnvironment()
                : sighting.getServices().get(0);
    }
}
