package io.nightshift.shop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.shop.control.Controller;
import io.nightshift.shop.keeper.Ledger;
import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.keeper.Status;
import io.nightshift.shop.load.LoadStats;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A running shop: its keeper, the keeper's services, and the users. Closing it ends them all; so does the end of this
 * process, however it comes.
 */
public final class Shop implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    /** The release of inventory that the story of the leak rolls out. */
    public static final String LEAKING_INVENTORY = "2.4.0";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShopSettings settings;
    private final Home home;
    private final Process keeper;
    private Process users;
    private Process acquirer;
    private final Controller controller;
    private final Faults faults;
    private final IdleConnection client = new IdleConnection();

    private Shop(ShopSettings settings, Home home) throws IOException, InterruptedException {
        this.settings = settings;
        this.home = home;
        settings.write(home);
        writeLauncher();
        this.controller = new Controller(home);
        this.faults = new Faults(settings, home, controller);
        faults.buildLeaking("inventory", LEAKING_INVENTORY, settings.leakSeconds());
        Certificates.issue(
                settings.javaExecutable(), home.certificate("receipts"), TimeUnit.DAYS.toSeconds(Certificates.DAYS));
        this.acquirer = launch("acquirer", Acquirer.class, 24);
        this.keeper = launch("keeper", ShopKeeper.class, 48);
    }

    /** Starts everything and returns when every service and the users are at work. */
    public static Shop start(ShopSettings settings) throws IOException, InterruptedException {
        List<Integer> taken = settings.fleet().takenPorts();
        if (!taken.isEmpty()) {
            throw new IOException("another process listens on 127.0.0.1 port " + taken
                    + "; choose another base port than " + settings.basePort());
        }
        Shop shop = new Shop(settings, Home.create(settings.home()));
        try {
            shop.awaitStart();
            return shop;
        } catch (IOException | InterruptedException e) {
            shop.close();
            throw e;
        }
    }

    private Process launch(String name, Class<?> main, int heapMegabytes) throws IOException {
        return new ProcessBuilder(JavaCommand.of(
                        settings.javaExecutable(),
                        heapMegabytes,
                        main,
                        List.of("--home", home.folder().toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.logs().resolve(name + ".log").toFile()))
                .start();
    }

    private void awaitStart() throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (controller.get("/status", Map.of()).exit() != 0) {
            pause(keeper, "keeper", limit);
        }
        users = launch("load", LoadGenerator.class, 64);
        while (!usersAnswer()) {
            pause(users, "load", limit);
        }
    }

    private void pause(Process process, String name, long limit) throws IOException, InterruptedException {
        Path log = home.logs().resolve(name + ".log");
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
            throw new IOException("the shop did not start: its process " + name + " ended; see " + log);
        }
        if (System.nanoTime() > limit) {
            throw new IOException("the shop did not start within " + START_LIMIT.toSeconds()
                    + " s: is the machine busy with something else? See " + log);
        }
    }

    private boolean usersAnswer() throws IOException, InterruptedException {
        try {
            mark();
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** The command line in front of shopctl's own words. */
    private List<String> shopctl() {
        return JavaCommand.of(
                settings.javaExecutable(),
                24,
                ShopCtl.class,
                List.of("--home", home.folder().toString()));
    }

    private void writeLauncher() throws IOException {
        String command = shopctl().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path launcher = home.folder().resolve("shopctl");
        Home.replace(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Writes the inventory that Nightshift reads.
     *
     * @param level autonomy level of every service, 1 to 5
     */
    public void writeInventory(Path file, int level) throws IOException {
        Home.replace(file, new InventoryFile(settings, shopctl(), level).text());
    }

    /**
     * Announces a release at the change door, if there is one, as the pipeline that rolls it out, and rolls it out.
     *
     * @return the ledger's entry; where the announcement fails, nothing is rolled out
     */
    public LedgerEntry rollOut(String service, String version) throws IOException, InterruptedException {
        String previous = status().services().stream()
                .filter(s -> s.service().equals(service))
                .map(Status.ServiceStatus::version)
                .findFirst()
                .orElseThrow(() -> new IOException("no service " + service));
        if (settings.changeDoor().isPresent()) {
            new Pipeline(settings.changeDoor().get()).announce(service, version, previous, "pipeline", Instant.now());
        }
        return effect(Map.of("verb", "rollout", "target", service, "argument", version, "actor", "pipeline"));
    }

    /** Announces a change of a feature flag at the change door, if there is one, and then turns the flag on. */
    public void turnOn(String service, String flag) throws IOException, InterruptedException {
        if (settings.changeDoor().isPresent()) {
            new Pipeline(settings.changeDoor().get())
                    .announceFlag(service, flag, "on", "release-manager", Instant.now());
        }
        faults.turnOn(service, flag);
    }

    /** Brings the release before the current one back, by hand. */
    public LedgerEntry rollBack(String service) throws IOException {
        return effect(Map.of("verb", "rollback", "target", service, "actor", "hand"));
    }

    /** Restarts one instance, by hand. */
    public LedgerEntry restart(String instance) throws IOException {
        return effect(Map.of("verb", "restart", "target", instance, "actor", "hand"));
    }

    private LedgerEntry effect(Map<String, String> fields) throws IOException {
        Controller.Answer answer = controller.post("/do", fields);
        if (answer.exit() != 0) {
            throw new IOException(
                    "the keeper refused or failed: " + answer.text().trim());
        }
        return JSON.readValue(answer.text(), LedgerEntry.class);
    }

    public Status status() throws IOException {
        return JSON.readValue(controller.get("/status", Map.of("json", "true")).text(), Status.class);
    }

    /** Every request for an effect and what became of it, oldest first. */
    public List<LedgerEntry> ledger() throws IOException {
        return Ledger.read(home.ledger());
    }

    /** What users saw, with the last {@code seconds} seconds one by one. */
    public LoadStats.View load(int seconds) throws IOException, InterruptedException {
        return JSON.readValue(users("/stats?seconds=" + seconds, Optional.empty()), LoadStats.View.class);
    }

    /** From now on the load's counts, percentiles and first failure are those after this moment. */
    public void mark() throws IOException, InterruptedException {
        users("/mark", Optional.of(""));
    }

    /** Requests a second from now on. */
    public void setRate(double perSecond) throws IOException, InterruptedException {
        users("/rate", Optional.of(String.valueOf(perSecond)));
    }

    /** From now on somebody else's payment provider does as told: {@code ok}, {@code down} or {@code slow}. */
    public void acquirer(String mode) throws IOException, InterruptedException {
        ask("the acquirer", settings.fleet().acquirerPort(), "/mode", Optional.of(mode));
    }

    private String users(String path, Optional<String> body) throws IOException, InterruptedException {
        return ask("the load generator", settings.fleet().loadPort(), path, body);
    }

    private String ask(String whom, int port, String path, Optional<String> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5));
        body.ifPresent(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)));
        HttpResponse<String> response = client.send(request.build());
        if (response.statusCode() != 200) {
            throw new IOException(whom + " answered " + response.statusCode());
        }
        return response.body();
    }

    /** What can be made to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** All instances of a service, or of all, send no telemetry for so long. */
    public void cutTelemetry(Optional<String> service, Duration howLong) throws IOException {
        disturb("telemetry-gap", service, (int) howLong.toSeconds());
    }

    /** A burst of work beside the requests: half of one processor for so long. */
    public void runBatch(String service, Duration howLong) throws IOException {
        disturb("batch", Optional.of(service), (int) howLong.toSeconds());
    }

    /** So many log lines of payments that name a wrong cause and a wrong remedy. */
    public void plantDecoy(int lines) throws IOException {
        disturb("decoy", Optional.of("payments"), lines);
    }

    private void disturb(String kind, Optional<String> service, int number) throws IOException {
        Controller.Answer answer = controller.disturb(
                kind, service.map(name -> Map.of("service", name)).orElse(Map.of()), number);
        if (answer.exit() != 0) {
            throw new IOException("the disturbance failed: " + answer.text().trim());
        }
    }

    @Override
    public void close() {
        // the keeper's shutdown hook ends the services; were it killed, they would end by themselves
        end(users);
        end(keeper);
        end(acquirer);
    }

    private static void end(Process process) {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
