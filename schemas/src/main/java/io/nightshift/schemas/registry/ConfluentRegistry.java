package io.nightshift.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.SslFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.basicauth.UserInfoCredentialProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.bearerauth.StaticTokenCredentialProvider;

/**
 * A registry that speaks the Confluent API: Confluent, Apicurio, Karapace, Redpanda. Calls go through Confluent's own REST
 * client. Schemas are cached for ever: an id never changes its schema. That an id is unknown is only remembered for a while, and
 * believed after a while: a registry that has just started says so of ids that it knows.
 */
public final class ConfluentRegistry implements SchemaRegistry {

    /**
     * Tries while the registry is out of reach, with the pauses between them; about six seconds in all where connections are
     * refused, and at most 25 where answers don't come.
     */
    private static final long[] PAUSES_MILLIS = {200, 400, 800, 1600, 3000};

    /** Pauses after the answer that an id is unknown; 2 s in all. */
    private static final long[] UNKNOWN_PAUSES_MILLIS = {100, 200, 300, 600, 800};

    private static final int NOT_FOUND = 404;

    private static final String BASIC_AUTH = "basic.auth.user.info";
    private static final String CLIENT = "schema.registry.";
    private static final String TLS = CLIENT + "ssl.";
    private static final String BEARER = "bearer.auth.token";

    private final String url;
    private final RestService rest;
    private final Map<String, Map<Schema, Integer>> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final UnknownIds unknown = new UnknownIds();

    private ConfluentRegistry(String url, RestService rest) {
        this.url = url;
        this.rest = rest;
    }

    /**
     * A client of the registry at this URL. Nothing is called yet.
     *
     * @param url base URL of the Confluent API, such as {@code http://localhost:8081} or, with Apicurio,
     *     {@code http://localhost:8080/apis/ccompat/v7}
     * @param properties {@code basic.auth.user.info} (user:password), {@code bearer.auth.token}, and for TLS
     *     {@code schema.registry.ssl.*} in Kafka's words (trust store, key store, PEM); without those the JVM's own
     */
    public static ConfluentRegistry at(String url, Map<String, String> properties) {
        RestService rest = new RestService(url);
        Map<String, Object> configuration = new HashMap<>(properties);
        configuration.putIfAbsent("http.connect.timeout.ms", 3_000);
        configuration.putIfAbsent("http.read.timeout.ms", 3_000);
        rest.configure(configuration);
        secure(rest, properties);
        if (properties.containsKey(BASIC_AUTH)) {
            UserInfoCredentialProvider credentials = new UserInfoCredentialProvider();
            credentials.configure(configuration);
            rest.setBasicAuthCredentialProvider(credentials);
        }
        if (properties.containsKey(BEARER)) {
            StaticTokenCredentialProvider credentials = new StaticTokenCredentialProvider();
            credentials.configure(configuration);
            rest.setBearerAuthCredentialProvider(credentials);
        }
        return new ConfluentRegistry(withoutCredentials(url), rest);
    }

    private static void secure(RestService rest, Map<String, String> properties) {
        Map<String, Object> tls = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(TLS)) {
                tls.put(key.substring(CLIENT.length()), value);
            }
        });
        if (!tls.isEmpty()) {
            rest.setSslSocketFactory(new SslFactory(tls).sslContext().getSocketFactory());
        }
    }

    private static String withoutCredentials(String url) {
        URI uri = URI.create(url);
        return uri.getUserInfo() == null ? url : url.replace(uri.getRawUserInfo() + "@", "");
    }

    /**
     * Asks whether the registry answers.
     *
     * @throws RegistryException naming the URL and the remedy when it doesn't
     */
    public void check() {
        ask("its subjects", rest::getAllSubjects);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return ids.computeIfAbsent(subject, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        schema,
                        unknown -> ask("subject " + subject, () -> rest.registerSchema(unknown.toString(), subject)));
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known == null) {
            unknown.check(id, System.nanoTime());
            known = parse(id, textOf(id));
            schemas.put(id, known);
        }
        return known;
    }

    private Schema parse(int id, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            throw RegistryException.refused(
                    "the registry at " + url + " holds something that is no Avro schema under id " + id, e);
        }
    }

    private String textOf(int id) {
        for (int attempt = 0; ; attempt++) {
            try {
                return ask("schema id " + id, () -> rest.getId(id).getSchemaString());
            } catch (RegistryException e) {
                if (!isNotFound(e)) {
                    throw e;
                }
                if (attempt == UNKNOWN_PAUSES_MILLIS.length
                        || !unknown.mayWait(Duration.ofMillis(UNKNOWN_PAUSES_MILLIS[attempt]), System.nanoTime())) {
                    unknown.refuse(id, e, System.nanoTime());
                    throw e;
                }
                pause(UNKNOWN_PAUSES_MILLIS[attempt]);
            }
        }
    }

    private static boolean isNotFound(RegistryException fault) {
        return fault.getCause() instanceof RestClientException answer && answer.getStatus() == NOT_FOUND;
    }

    private <T> T ask(String about, Call<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.ask();
            } catch (RestClientException e) {
                if (e.getStatus() < 500 || attempt == PAUSES_MILLIS.length) {
                    throw answered(about, e);
                }
                pause(PAUSES_MILLIS[attempt]);
            } catch (IOException e) {
                if (attempt == PAUSES_MILLIS.length) {
                    throw RegistryException.unreachable(
                            "the schema registry at " + url + " can't be reached for " + about + " (" + e.getMessage()
                                    + "); check that it runs and that registry.url names it",
                            e);
                }
                pause(PAUSES_MILLIS[attempt]);
            }
        }
    }

    private RegistryException answered(String about, RestClientException e) {
        String message = "the schema registry at " + url + " answered " + e.getStatus() + " for " + about + ": "
                + e.getMessage();
        if (e.getStatus() >= 500) {
            return RegistryException.unreachable(message, e);
        }
        String remedy =
                switch (e.getStatus()) {
                    case 401, 403 -> "; set basic.auth.user.info or bearer.auth.token under registry.properties";
                    case 409 ->
                        "; the schema is not compatible with those registered there: give each new field a default";
                    default -> "";
                };
        return RegistryException.refused(message + remedy, e);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unreachable("interrupted while waiting for the schema registry", e);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T ask() throws IOException, RestClientException;
    }
}
