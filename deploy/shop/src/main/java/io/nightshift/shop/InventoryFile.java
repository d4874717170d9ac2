package io.nightshift.shop;

import java.util.List;

/** The shop as an operator would describe it to Nightshift: services, instances, probes and targets, in YAML. */
final class InventoryFile {
    private final ShopSettings settings;
    private final List<String> shopctl;

    InventoryFile(ShopSettings settings, List<String> shopctl) {
        this.settings = settings;
        this.shopctl = shopctl;
    }

    String text() {
        StringBuilder yaml = new StringBuilder("# What Nightshift may know of the shop, and how it may act on it.\n");
        yaml.append("services:\n");
        for (Role role : Role.values()) {
            service(yaml, role);
        }
        yaml.append("probes:\n");
        probe(yaml, "health", 3000);
        probe(yaml, "heap", 3000);
        yaml.append("targets:\n  - id: shop\n    fenced: true\n    actions:\n");
        action(yaml, "RESTART", "INSTANCE", "restart", "{instance}", 30_000);
        action(yaml, "ROLLBACK", "SERVICE", "rollback", "{service}", 60_000);
        yaml.append("    status:\n      argv: ")
                .append(argv("status", "{instance}", "--json"))
                .append('\n');
        yaml.append("      timeoutMillis: 3000\n");
        return yaml.toString();
    }

    private void service(StringBuilder yaml, Role role) {
        yaml.append("  - environment: demo\n    namespace: shop\n    name: ")
                .append(role.service())
                .append('\n');
        yaml.append("    protected: ").append(role == Role.STORE).append('\n');
        yaml.append("    target: shop\n    probes: [health, heap]\n    instances:\n");
        for (Fleet.Instance instance : settings.fleet().of(role)) {
            yaml.append("      - id: ").append(instance.id()).append('\n');
            yaml.append("        addresses: [\"127.0.0.1:")
                    .append(instance.port())
                    .append('"');
            if (instance.canOverlap()) {
                yaml.append(", \"127.0.0.1:").append(instance.sparePort()).append('"');
            }
            yaml.append("]\n");
        }
    }

    private void probe(StringBuilder yaml, String name, int timeoutMillis) {
        yaml.append("  - id: ").append(name).append("\n    argv: ");
        yaml.append(argv("probe", name, "{instance}")).append('\n');
        yaml.append("    timeoutMillis: ").append(timeoutMillis).append('\n');
    }

    private void action(StringBuilder yaml, String kind, String level, String verb, String target, int timeoutMillis) {
        yaml.append("      - kind: ").append(kind).append("\n        on: ").append(level);
        yaml.append("\n        idempotent: true\n        argv: ");
        yaml.append(argv(verb, target, "--action-id", "{actionId}", "--token", "{token}", "--actor", "nightshift"));
        yaml.append("\n        timeoutMillis: ").append(timeoutMillis).append('\n');
    }

    private String argv(String... words) {
        StringBuilder list = new StringBuilder("[");
        for (String word : shopctl) {
            list.append(quoted(word)).append(", ");
        }
        for (int i = 0; i < words.length; i++) {
            list.append(i == 0 ? "" : ", ").append(quoted(words[i]));
        }
        return list.append(']').toString();
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
