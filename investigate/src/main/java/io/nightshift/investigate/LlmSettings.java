package io.nightshift.investigate;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The language model, section {@code investigate.llm}.
 *
 * @param provider protocol that the server speaks
 * @param baseUrl address of the server, up to the part that the protocol itself adds
 * @param model name of the model
 * @param apiKey secret for it; empty for a server that wants none
 * @param temperature 0 to 2; 0 for answers that vary least
 * @param timeout for one call
 * @param contextTokens tokens that the model takes in at once, at least 4,096; prompt and tool answers shrink to fit
 * @param turns calls that one investigation may make, retries not counted, at least 1
 * @param price of the tokens; zero where they cost nothing
 * @param perIncident what one investigation may use
 * @param perDay what all investigations of this process may use between two midnights UTC
 * @param evaluated model versions, as the note of an investigation names them, that passed an evaluation
 */
public record LlmSettings(
        Provider provider,
        URI baseUrl,
        String model,
        String apiKey,
        double temperature,
        Duration timeout,
        int contextTokens,
        int turns,
        Price price,
        Limits perIncident,
        Limits perDay,
        Set<String> evaluated) {

    private static final int LEAST_CONTEXT = 4_096;

    private static final Set<String> KEYS = Set.of(
            "provider",
            "baseUrl",
            "model",
            "apiKeyEnv",
            "temperature",
            "timeout",
            "contextTokens",
            "turns",
            "price",
            "maxTokensPerIncident",
            "maxTokensPerDay",
            "maxMoneyPerIncident",
            "maxMoneyPerDay",
            "maxTimePerIncident",
            "maxTimePerDay",
            "evaluated");

    /** Protocols. */
    public enum Provider {
        /** Chat completions, which most servers speak. */
        OPENAI("https://api.openai.com/v1"),
        ANTHROPIC("https://api.anthropic.com/v1"),
        OLLAMA("http://localhost:11434");

        private final String address;

        Provider(String address) {
            this.address = address;
        }

        /** As the settings and the records of calls spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param inPerMillion for a million tokens in, in the operator's currency
     * @param outPerMillion for a million tokens out
     */
    public record Price(double inPerMillion, double outPerMillion) {

        public static final Price NOTHING = new Price(0, 0);

        /** Cost in millionths of the currency, rounded up. */
        public long micros(long tokensIn, long tokensOut) {
            return (long) Math.ceil(tokensIn * inPerMillion + tokensOut * outPerMillion);
        }

        boolean isNothing() {
            return inPerMillion == 0 && outPerMillion == 0;
        }
    }

    /**
     * @param tokens in and out together
     * @param costMicros millionths of the currency
     * @param time that the model may think, all calls together
     */
    public record Limits(long tokens, long costMicros, Duration time) {}

    public LlmSettings {
        evaluated = Set.copyOf(evaluated);
    }

    static LlmSettings from(ConfigNode node) {
        node.allowOnly(KEYS);
        Provider provider = node.get("provider").map(LlmSettings::provider).orElse(Provider.OPENAI);
        Price price = node.get("price").map(LlmSettings::price).orElse(Price.NOTHING);
        return new LlmSettings(
                provider,
                node.get("baseUrl").map(LlmSettings::address).orElseGet(() -> URI.create(provider.address)),
                node.require("model").text(),
                node.get("apiKeyEnv").map(LlmSettings::secret).orElse(""),
                within(node, "temperature", 0, 0, 2),
                node.duration("timeout", Duration.ofSeconds(30)),
                (int) within(node, "contextTokens", 16_000, LEAST_CONTEXT, 10_000_000),
                (int) within(node, "turns", 8, 1, 100),
                price,
                new Limits(
                        node.integer("maxTokensPerIncident", 60_000),
                        money(node, "maxMoneyPerIncident", price),
                        node.duration("maxTimePerIncident", Duration.ofMinutes(2))),
                new Limits(
                        node.integer("maxTokensPerDay", 1_000_000),
                        money(node, "maxMoneyPerDay", price),
                        node.duration("maxTimePerDay", Duration.ofHours(4))),
                Set.copyOf(node.texts("evaluated")));
    }

    private static Provider provider(ConfigNode node) {
        return Arrays.stream(Provider.values())
                .filter(known -> known.word().equals(node.text()))
                .findFirst()
                .orElseThrow(() -> node.error("'" + node.text() + "' is no provider; write openai (for any server that"
                        + " speaks its chat completions), anthropic or ollama"));
    }

    private static URI address(ConfigNode node) {
        String remedy = "baseUrl is no address; write it like http://host:port/path";
        try {
            URI address = URI.create(node.text());
            if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw node.error(remedy);
        }
        throw node.error(remedy);
    }

    private static Price price(ConfigNode node) {
        node.allowOnly(Set.of("in", "out"));
        return new Price(within(node, "in", 0, 0, 1_000_000), within(node, "out", 0, 0, 1_000_000));
    }

    /** A cap on money without a price would never bind, so it is refused. */
    private static long money(ConfigNode node, String key, Price price) {
        Optional<ConfigNode> given = node.get(key);
        if (given.isPresent() && price.isNothing()) {
            throw given.get().error(key + " needs to know what tokens cost; add price: {in: …, out: …} per million");
        }
        return given.isPresent() ? (long) (within(node, key, 0, 0, 1e9) * 1_000_000) : Long.MAX_VALUE;
    }

    private static double within(ConfigNode node, String key, double fallback, double least, double most) {
        double value = node.number(key, fallback);
        if (!(value >= least && value <= most)) {
            throw node.error(
                    String.format(Locale.ROOT, "%s is %s; write a number from %.0f to %.0f", key, value, least, most));
        }
        return value;
    }

    private static String secret(ConfigNode node) {
        return Secrets.fromEnvironment(node.text())
                .orElseThrow(() -> node.error("the environment variable " + node.text()
                        + " is not set; export it, or leave apiKeyEnv out for a model that wants no key"));
    }

    /** Without the secret: settings end up in logs. */
    @Override
    public String toString() {
        return "LlmSettings[" + provider.word() + ", " + baseUrl + ", " + model + "]";
    }
}
