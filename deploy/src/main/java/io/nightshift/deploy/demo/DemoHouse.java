package io.nightshift.deploy.demo;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.run.NightshiftProcess;
import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import io.nightshift.shop.Shop;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The shop with Nightshift watching it: two installations side by side that know of each other only what a real pair would. */
final class DemoHouse implements AutoCloseable {

    private static final Duration ALL_RUNNING = Duration.ofSeconds(90);

    /** Through these whoever is witness now sees the records. */
    private static final class Eyes {

        private volatile Witness witness;

        Eyes(Witness witness) {
            this.witness = witness;
        }

        void see(Object record) {
            witness.accept(record);
        }

        Witness witness() {
            return witness;
        }
    }

    private final Shop shop;
    private final NightshiftProcess nightshift;
    private final RecordTail tail;
    private final Eyes eyes;
    private final Installation installation;

    private DemoHouse(Shop shop, NightshiftProcess nightshift, RecordTail tail, Eyes eyes, Installation installation) {
        this.shop = shop;
        this.nightshift = nightshift;
        this.tail = tail;
        this.eyes = eyes;
        this.installation = installation;
    }

    /** Starts the shop and the platform side by side, then the stages; returns when every part runs. */
    static DemoHouse start(DemoSettings demo, Narrator narrator) throws InterruptedException {
        Installation installation = Installation.open(demo.folder());
        CompletableFuture<Shop> starting = CompletableFuture.supplyAsync(() -> startShop(demo));
        NightshiftProcess nightshift = null;
        try {
            DemoFiles files = DemoFiles.write(installation, demo);
            NightshiftSettings settings = NightshiftSettings.read(files.config(), installation.folder());
            nightshift = NightshiftProcess.prepare(settings, demo.distribution());
            Shop shop = starting.join();
            shop.writeInventory(files.inventory(), demo.level());
            nightshift.startStages();
            Eyes eyes = new Eyes(new Witness(narrator));
            RecordTail tail = watch(nightshift, eyes);
            nightshift.awaitRunning(ALL_RUNNING);
            return new DemoHouse(shop, nightshift, tail, eyes, installation);
        } catch (IOException | RuntimeException e) {
            if (nightshift != null) {
                nightshift.close();
            }
            starting.thenAccept(Shop::close);
            throw e instanceof StartException known ? known : new StartException(message(e), e);
        }
    }

    private static Shop startShop(DemoSettings demo) {
        ShopSettings settings = ShopSettings.in(demo.folder().resolve("shop"))
                .withTelemetryTo("http://127.0.0.1:" + demo.otlpHttpPort())
                .withChangesTo(URI.create("http://127.0.0.1:" + demo.otlpHttpPort() + "/v1/changes"))
                .withLeakSeconds(demo.leakSeconds());
        try {
            return Shop.start(settings);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static RecordTail watch(NightshiftProcess nightshift, Eyes eyes) {
        Topics topics = nightshift.platform().topics();
        List<Topic<?, ?>> watched = List.of(
                topics.anomalies(), topics.incidents(), topics.investigations(), topics.actions(), topics.lessons());
        RecordTail tail =
                new RecordTail("demo-witness", nightshift.platform().kafka(), watched, Instant.EPOCH, eyes::see);
        tail.start();
        return tail;
    }

    private static String message(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Lets the users go on for so long, so that Nightshift learns what is normal; what users see counts from its end on. */
    void playNormalLoad(Duration howLong, Narrator narrator) throws IOException, InterruptedException {
        narrator.say("demo", "normal load for " + howLong.toSeconds() + " s, so that Nightshift learns what is normal");
        TimeUnit.MILLISECONDS.sleep(howLong.toMillis()); // the script's own timing, not a wait for a condition
        shop.mark();
    }

    Shop shop() {
        return shop;
    }

    NightshiftProcess nightshift() {
        return nightshift;
    }

    Witness witness() {
        return eyes.witness();
    }

    /** From now on another witness sees what happens, and knows nothing of what happened before. */
    void watchAnew(Narrator narrator) {
        eyes.witness = new Witness(narrator);
    }

    /** Writes a text into the demo's folder and returns where. */
    Path keep(String name, String text) throws IOException {
        return Files.writeString(installation.folder().resolve(name), text);
    }

    @Override
    public void close() {
        tail.close();
        shop.close();
        nightshift.close();
    }
}
