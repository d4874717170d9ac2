package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A caller's waiting and failing is its own only as far as that of its unusual callees does not explain it. */
final class ExplainAway {

    private ExplainAway() {}

    static List<Measured> of(SignKind kind, Map<String, Excess> raw, Function<String, Set<String>> callees) {
        Map<String, Double> own = new HashMap<>();
        raw.forEach((entity, excess) -> {
            double left = excess.volume();
            for (String callee : callees.apply(entity)) {
                Excess below = raw.getOrDefault(callee, Excess.NONE);
                left -= !callee.equals(entity) && below.isUnusual() ? below.volume() : 0;
            }
            own.put(entity, Math.max(0, left));
        });
        List<Measured> measured = new ArrayList<>();
        raw.forEach((entity, excess) -> measured.add(new Measured(entity, kind, excess, own.get(entity))));
        return measured;
    }
}
