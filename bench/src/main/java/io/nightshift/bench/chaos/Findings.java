package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trial, or many, came to.
 *
 * @param runs trials
 * @param kills members killed or frozen
 * @param actions actions that were allowed
 * @param effects effects in the oracles' ledgers
 * @param duplicates effects of a key beyond its first, on fenced targets
 * @param dumbDuplicates the same on dumb ones, which do whatever arrives
 * @param unjustified effects without an earlier committed verdict and intent with the same plan hash and token
 * @param overdue actions without an end at their deadline
 * @param capsExceeded moments at which more ran at once than a cap allows
 * @param disordered effects of a target that came after one with a higher token
 * @param broken what else should have held and did not, in words
 */
record Findings(
        int runs,
        int kills,
        int actions,
        int effects,
        int duplicates,
        int dumbDuplicates,
        int unjustified,
        int overdue,
        int capsExceeded,
        int disordered,
        List<String> broken) {

    static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    Findings {
        broken = List.copyOf(broken);
    }

    Findings and(Findings more) {
        List<String> all = new ArrayList<>(broken);
        all.addAll(more.broken);
        return new Findings(
                runs + more.runs,
                kills + more.kills,
                actions + more.actions,
                effects + more.effects,
                duplicates + more.duplicates,
                dumbDuplicates + more.dumbDuplicates,
                unjustified + more.unjustified,
                overdue + more.overdue,
                capsExceeded + more.capsExceeded,
                disordered + more.disordered,
                all);
    }

    Findings broken(String what) {
        return and(new Findings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(what)));
    }

    Findings killed(int times) {
        return and(new Findings(0, times, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    boolean isGood() {
        return duplicates + dumbDuplicates + unjustified + overdue + capsExceeded + disordered == 0 && broken.isEmpty();
    }

    Figures figures() {
        return new Figures()
                .put("runs", runs)
                .put("kills", kills)
                .put("actions", actions)
                .put("effects", effects)
                .put("duplicates", duplicates)
                .put("duplicates_dumb", dumbDuplicates)
                .put("unjustified", unjustified)
                .put("overdue", overdue)
                .put("caps_exceeded", capsExceeded)
                .put("disordered", disordered)
                .put("broken", String.join("; ", broken));
    }
}
