package io.nightshift.remediate.domain.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The order in which steps are done: as they stand in the file, but each after those that it names. */
public final class StepOrder {

    private final Map<String, List<String>> after;
    private final Set<String> done = new LinkedHashSet<>();
    private final List<String> path = new ArrayList<>();
    private List<String> cycle = List.of();

    /** @param after by a step's name, in file order, the names of the steps that it comes after; each is a key itself */
    public StepOrder(Map<String, List<String>> after) {
        this.after = after;
        after.keySet().forEach(this::visit);
    }

    /** The names in order; only when there is no cycle. */
    public List<String> names() {
        return List.copyOf(done);
    }

    /** Steps that come after each other in a ring, the first of them once more at the end. */
    public Optional<List<String>> cycle() {
        return cycle.isEmpty() ? Optional.empty() : Optional.of(cycle);
    }

    private void visit(String name) {
        if (done.contains(name) || !cycle.isEmpty()) {
            return;
        }
        if (path.contains(name)) {
            cycle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
            cycle.add(name);
            return;
        }
        path.add(name);
        after.get(name).forEach(this::visit);
        path.remove(path.size() - 1);
        done.add(name);
    }
}
