package io.nightshift.shop;

import java.util.List;
import java.util.stream.Collectors;

/** The shop as an operator would describe it to Nightshift: services, instances, probes and targets, in YAML. */
final class InventoryFile {
    /** From this share of its old generation on a process counts as short of memory. */
    private static final double FULL = 0.85;

    private final ShopSettings settings;
    private final List<String> shopctl;
    private final int level;

    InventoryFile(ShopSettings settings, List<String> shopctl, int level) {
        this.settings = settings;
        this.shopctl = shopctl;
        this.level = level;
    }

    String text() {
        StringBuilder yaml = new StringBuilder("# What Nightshift may know of the shop, and how it may act on it.\n");
        yaml.append("environment: demo\nservices:\n");
        for (Role role : Role.values()) {
            service(yaml, role);
        }
        yaml.append("targets:\n  shop:\n    fenced: true\n    state:\n");
        command(yaml, "      ", "5s", "probe", "state", "{instance}");
        yaml.append("    actions:\n");
        action(yaml, "RESTART", "30s", "restart", "{instance}");
        action(yaml, "ROLL_BACK_RELEASE", "60s", "rollback", "{service}");
        return yaml.toString();
    }

    private void service(StringBuilder yaml, Role role) {
        List<Fleet.Instance> instances = settings.fleet().of(role);
        yaml.append("  - name: ").append(role.service()).append("\n    namespace: shop\n");
        yaml.append("    level: ").append(level).append('\n');
        yaml.append("    protected: ").append(role == Role.STORE).append('\n');
        yaml.append("    instances: [")
                .append(instances.stream().map(Fleet.Instance::id).collect(Collectors.joining(", ")))
                .append("]\n    addresses: [")
                .append(instances.stream().map(InventoryFile::addresses).collect(Collectors.joining(", ")))
                .append("]\n    target: shop\n    probes:\n");
        yaml.append("      - name: health\n");
        command(yaml, "        ", "5s", "probe", "health", "{instance}");
        yaml.append("      - name: heap\n        healthyBelow: ").append(FULL).append('\n');
        yaml.append("        supports: [MEMORY_LEAK]\n        supportsAbove: ")
                .append(FULL)
                .append('\n');
        command(yaml, "        ", "5s", "probe", "heap", "{instance}");
    }

    private static String addresses(Fleet.Instance instance) {
        String address = "\"127.0.0.1:" + instance.port() + '"';
        return instance.canOverlap() ? address + ", \"127.0.0.1:" + instance.sparePort() + '"' : address;
    }

    private void action(StringBuilder yaml, String kind, String timeout, String verb, String target) {
        yaml.append("      ").append(kind).append(":\n");
        command(
                yaml,
                "        ",
                timeout,
                verb,
                target,
                "--action-id",
                "{actionId}",
                "--token",
                "{token}",
                "--actor",
                "nightshift");
    }

    private void command(StringBuilder yaml, String indent, String timeout, String... words) {
        yaml.append(indent).append("argv: [");
        for (String word : shopctl) {
            yaml.append(quoted(word)).append(", ");
        }
        for (int i = 0; i < words.length; i++) {
            yaml.append(i == 0 ? "" : ", ").append(quoted(words[i]));
        }
        yaml.append("]\n").append(indent).append("timeout: ").append(timeout).append('\n');
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
