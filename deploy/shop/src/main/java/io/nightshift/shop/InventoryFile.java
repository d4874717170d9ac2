package io.nightshift.shop;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shop as an operator would describe it to Nightshift: services, instances, probes and targets, in YAML. */
final class InventoryFile {
    private static final Set<Role> TRADING = EnumSet.of(Role.ORDERS, Role.INVENTORY, Role.PAYMENTS);
    private static final Set<Role> ALL = EnumSet.allOf(Role.class);

    /** What can be looked at, where it exists, from which value on it is unwell, and which cause that speaks for. */
    private static final List<Look> LOOKS = List.of(
            new Look("heap", ALL, 0.85, 0.85, "MEMORY_LEAK"),
            new Look("errors", TRADING, 0.05, 0.05, "BAD_RELEASE"),
            new Look("latency", TRADING, 150, 150, "DEPENDENCY_FAILURE, CONFIGURATION_CHANGE"),
            new Look("cpu", EnumSet.of(Role.ORDERS, Role.PAYMENTS), 0.5, 0.5, "CPU_SATURATION"),
            new Look("pool", TRADING, 0.9, 0.9, "CONNECTION_POOL_EXHAUSTION"),
            new Look("disk", EnumSet.of(Role.INVENTORY, Role.PAYMENTS), 0.9, 0.7, "DISK_FILLING"),
            new Look("certificate", EnumSet.of(Role.PAYMENTS), 0.9, 0.9, "CERTIFICATE_EXPIRY"));

    /** Shipped playbooks, by the cause that each is against, at the services that have what its steps need. */
    private static final List<Recipe> RECIPES = List.of(
            // where none is declared, such as against inventory's leak, the single action is chosen from the catalogue
            new Recipe("MEMORY_LEAK", "memory-leak", EnumSet.of(Role.ORDERS, Role.PAYMENTS)),
            new Recipe("BAD_RELEASE", "bad-release", EnumSet.of(Role.ORDERS, Role.PAYMENTS)),
            new Recipe(
                    "DEPENDENCY_FAILURE", "slow-dependency", EnumSet.of(Role.INVENTORY)), // one instance stays to serve
            new Recipe("CONNECTION_POOL_EXHAUSTION", "connection-pool", TRADING),
            new Recipe("DISK_FILLING", "disk-filling", EnumSet.of(Role.INVENTORY, Role.PAYMENTS)),
            new Recipe("CERTIFICATE_EXPIRY", "certificate-expiry", EnumSet.of(Role.PAYMENTS)));

    private record Recipe(String cause, String playbook, Set<Role> at) {}

    private record Look(String name, Set<Role> at, double healthyBelow, double supportsAbove, String causes) {}

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
        command(yaml, "      ", "10s", "probe", "state", "{instance}");
        yaml.append("    evidence:\n");
        for (String what : List.of("heap-histogram", "threads")) {
            yaml.append("      ").append(what).append(":\n");
            command(yaml, "        ", "10s", "diagnosis", what, "{instance}");
        }
        yaml.append("    actions:\n");
        action(yaml, "RESTART", "30s", "restart", "{instance}");
        action(yaml, "DRAIN", "10s", "drain", "{instance}");
        action(yaml, "UNDRAIN", "10s", "undrain", "{instance}");
        action(yaml, "FREE_DISK", "10s", "free-disk", "{instance}", "{arg.rule}");
        action(yaml, "ROLL_BACK_RELEASE", "60s", "rollback", "{service}");
        action(yaml, "ROTATE_CERTIFICATE", "30s", "rotate-certificate", "{service}", "{arg.certificate}");
        action(yaml, "DISABLE_FLAG", "10s", "disable-flag", "{service}", "{arg.flag}");
        action(yaml, "ENABLE_FLAG", "10s", "enable-flag", "{service}", "{arg.flag}");
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
                .append("]\n    target: shop\n    serviceClass: ")
                .append(serviceClass(role))
                .append("\n    playbooks: {")
                .append(RECIPES.stream()
                        .filter(recipe -> recipe.at().contains(role))
                        .map(recipe -> recipe.cause() + ": " + recipe.playbook())
                        .collect(Collectors.joining(", ")))
                .append("}\n    probes:\n");
        List<Look> looks =
                LOOKS.stream().filter(look -> look.at().contains(role)).toList();
        // all by one command, which is then run once for all
        String fields = Stream.concat(Stream.of("unready"), looks.stream().map(Look::name))
                .collect(Collectors.joining(","));
        yaml.append("      - name: health\n        field: unready\n        healthyBelow: 0.5\n");
        command(yaml, "        ", "10s", "probe", fields, "{instance}");
        for (Look look : looks) {
            probe(yaml, look);
            command(yaml, "        ", "10s", "probe", fields, "{instance}");
        }
    }

    private static void probe(StringBuilder yaml, Look look) {
        yaml.append("      - name: ").append(look.name()).append("\n        field: ");
        yaml.append(look.name()).append("\n        healthyBelow: ").append(look.healthyBelow());
        yaml.append("\n        supports: [").append(look.causes());
        yaml.append("]\n        supportsAbove: ").append(look.supportsAbove()).append('\n');
    }

    private static String serviceClass(Role role) {
        return switch (role) {
            case GATEWAY -> "edge";
            case STORE -> "database";
            default -> "stateless-web";
        };
    }

    private static String addresses(Fleet.Instance instance) {
        String address = "\"127.0.0.1:" + instance.port() + '"';
        return instance.canOverlap() ? address + ", \"127.0.0.1:" + instance.sparePort() + '"' : address;
    }

    private void action(StringBuilder yaml, String kind, String timeout, String... words) {
        yaml.append("      ").append(kind).append(":\n");
        List<String> fencing = List.of("--action-id", "{actionId}", "--token", "{token}", "--actor", "nightshift");
        String[] all = Stream.concat(Stream.of(words), fencing.stream()).toArray(String[]::new);
        command(yaml, "        ", timeout, all);
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
