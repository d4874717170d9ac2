package io.nightshift.runtime.health;

import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How all stages of a process are, at one moment. */
public record HealthReport(Map<String, StageHealth> stages) {

    public static HealthReport of(List<? extends Stage> stages) {
        Map<String, StageHealth> health = new LinkedHashMap<>();
        stages.forEach(stage -> health.put(stage.name(), stage.health()));
        return new HealthReport(health);
    }

    /** Whether every stage runs. */
    public boolean isRunning() {
        return stages.values().stream().allMatch(StageHealth::isRunning);
    }

    public String json() {
        String entries = stages.entrySet().stream()
                .map(entry -> "{\"name\":" + quoted(entry.getKey()) + ",\"state\":"
                        + quoted(entry.getValue().state().name()) + ",\"detail\":"
                        + quoted(entry.getValue().detail()) + "}")
                .collect(Collectors.joining(","));
        return "{\"running\":" + isRunning() + ",\"stages\":[" + entries + "]}\n";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
