package io.nightshift.learn.topology;

import static io.nightshift.learn.Stories.*;
import static io.nightshift.learn.topology.LearnHouse.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.learn.domain.IncidentVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unlearning an incident leaves what never having seen it leaves, byte for byte. */
class UnlearnTest {

    private static final ActionStatus[] ENDS = {
        ActionStatus.HELD, ActionStatus.RECURRED, ActionStatus.NOT_RECOVERED, ActionStatus.ROLLED_BACK
    };

    @TempDir
    Path folder;

    @Test
    void theOnlyIncidentLeavesNothingBehind() {
        try (LearnHouse house = new LearnHouse(folder)) {
            house.tell(story(1, ActionStatus.HELD));
            assertThat(house.bytes()).isNotEmpty();

            house.tell(revoke(ALICE, "inc-1", after(900)));

            assertThat(house.bytes()).isEmpty();
            assertThat(house.written()).isZero();
            house.tell(revoke(ALICE, "inc-1", after(901)));
            assertThat(house.written()).as("revoked again").isZero();
            house.tell(story(1, ActionStatus.HELD));
            assertThat(house.bytes()).as("told again").isEmpty();
        }
    }

    @Test
    void anIncidentRevokedBeforeItWasSeenIsNeverLearned() {
        try (LearnHouse house = new LearnHouse(folder)) {
            house.tell(revoke(ALICE, "inc-1", after(1)));
            house.tell(story(1, ActionStatus.RECURRED));

            assertThat(house.bytes()).isEmpty();
        }
    }

    @Test
    void eachIncidentOfManyInterleavedOnesIsForgottenWithoutATrace() {
        for (int seed = 0; seed < 5; seed++) {
            List<SpecificRecord> night = interleaved(seed);
            for (int forgotten = 0; forgotten < 12; forgotten += 3) {
                String id = "inc-" + forgotten;
                List<SpecificRecord> without = night.stream()
                        .filter(record -> !id.equals(incidentOf(record)))
                        .toList();

                List<SpecificRecord> revokedMidway = new ArrayList<>(night);
                revokedMidway.add(night.size() / 2, revoke(ALICE, id, after(5_000)));
                List<SpecificRecord> revokedAfterwards = new ArrayList<>(night);
                revokedAfterwards.add(revoke(ALICE, id, after(5_000)));

                Map<String, String> neverSeen = learned(without, "never-" + seed + id);
                assertThat(neverSeen).isNotEmpty();
                assertThat(learned(revokedAfterwards, "after-" + seed + id)).isEqualTo(neverSeen);
                assertThat(learned(revokedMidway, "midway-" + seed + id)).isEqualTo(neverSeen);
            }
        }
    }

    private Map<String, String> learned(List<SpecificRecord> night, String name) {
        try (LearnHouse house = new LearnHouse(folder.resolve(name))) {
            house.tell(night);
            return house.bytes();
        }
    }

    /** Twelve incidents, three fingerprints, every end, people's words and promotions, mixed; each story in its own order. */
    static List<SpecificRecord> interleaved(int seed) {
        Random random = new Random(seed);
        List<List<SpecificRecord>> stories = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            stories.add(new ArrayList<>(story(i, ENDS[i % ENDS.length])));
        }
        stories.add(
                new ArrayList<>(List.of(promote(ALICE, TRUST, 4, after(400)), promote(ALICE, TRUST, 5, after(800)))));
        List<SpecificRecord> mixed = new ArrayList<>();
        while (!stories.isEmpty()) {
            List<SpecificRecord> next = stories.get(random.nextInt(stories.size()));
            mixed.add(next.remove(0));
            stories.removeIf(List::isEmpty);
        }
        return mixed;
    }

    private static List<SpecificRecord> story(int number, ActionStatus end) {
        String id = "inc-" + number;
        String fingerprint = "fp-" + number % 3;
        List<SpecificRecord> told = new ArrayList<>();
        told.add(Incident.newBuilder(incident(id, 1, after(50L * number)).build())
                .setFingerprint(fingerprint)
                .build());
        told.add(investigation("inv-" + number, id, SERVICE, CauseClass.MEMORY_LEAK, after(50L * number + 1)));
        for (ActionEvent event : action(id, "act-" + number, after(50L * number + 2), end, after(50L * number + 30))) {
            told.add(ActionEvent.newBuilder(event).setFingerprint(fingerprint).build());
        }
        told.add(Incident.newBuilder(incident(id, 2, after(50L * number)).build())
                .setFingerprint(fingerprint)
                .setSentence("words of " + id)
                .build());
        if (number % 4 == 2) {
            told.add(feedback(ALICE, id, IncidentVerdict.GOOD, ActionKind.ROLL_BACK_RELEASE, after(50L * number + 40)));
        }
        if (number % 5 == 3) {
            told.add(feedback(ALICE, id, IncidentVerdict.BAD, ActionKind.UNKNOWN, after(50L * number + 41)));
        }
        return told;
    }

    private static String incidentOf(SpecificRecord record) {
        if (record instanceof ActionEvent event) {
            return event.getIncidentId();
        } else if (record instanceof Incident incident) {
            return incident.getId();
        } else if (record instanceof Investigation investigation) {
            return investigation.getIncidentId();
        }
        return ((ControlRecord) record).getSubject();
    }
}
