package io.nightshift.shop;

import io.nightshift.shop.control.Controller;
import io.nightshift.shop.control.Controller.Answer;
import io.nightshift.shop.control.Diagnosis;
import io.nightshift.shop.control.Probes;
import io.nightshift.shop.keeper.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shop's command line, for people and for Nightshift's targets and probes. */
public final class ShopCtl {
    private static final String USAGE = """
            usage: shopctl --home FOLDER COMMAND
              status [SERVICE|INSTANCE] [--json]
              start|stop|restart|drain|undrain INSTANCE
              free-disk INSTANCE RULE                  rotated-journals, or default
              rollout SERVICE VERSION
              rollback SERVICE
              rotate-certificate SERVICE CERTIFICATE
              enable-flag|disable-flag SERVICE FLAG
              probe health|unready|state|heap|cpu|errors|latency|pool|disk|certificate[,...] INSTANCE
              diagnosis heap-histogram|threads INSTANCE
            what has an effect also takes [--action-id ID] [--token N] [--actor NAME]
            exits with 0 done; 1 failed; 2 wrong usage; 3 no such service or instance; 4 this action id was
            already done; 5 fenced: a higher token was seen; 6 this action id began and has no outcome yet;
            7 the keeper does not answer
            """;

    private ShopCtl() {}

    public static void main(String[] args) {
        Answer answer;
        try {
            answer = run(Arguments.parse(args));
        } catch (Arguments.Malformed e) {
            answer = new Answer(2, e.getMessage() + "\n" + USAGE);
        } catch (IOException e) {
            answer = new Answer(1, e.getMessage() + "\n");
        } catch (InterruptedException e) {
            answer = new Answer(1, "interrupted\n");
        }
        (answer.exit() == 2 ? System.err : System.out).print(answer.text());
        System.out.flush();
        // the JVM's orderly end would take a fifth of the whole call
        Runtime.getRuntime().halt(answer.exit());
    }

    private static Answer run(Arguments arguments) throws IOException, InterruptedException {
        if (arguments.has("help")) {
            return new Answer(0, USAGE);
        }
        Home home = new Home(Path.of(arguments.required("home")));
        if (!Files.isReadable(home.settingsFile())) {
            throw new Arguments.Malformed("there is no shop in " + home.folder());
        }
        Controller keeper = new Controller(home);
        String verb = word(arguments, 0, "a command");
        return switch (verb) {
            case "status" -> status(keeper, arguments);
            case "probe" ->
                new Probes(home, keeper).run(word(arguments, 1, "what to look at"), word(arguments, 2, "an instance"));
            case "diagnosis" ->
                new Diagnosis(home, keeper)
                        .run(word(arguments, 1, "what to ask for"), word(arguments, 2, "an instance"));
            default ->
                effect(
                        keeper,
                        Verb.of(verb).orElseThrow(() -> new Arguments.Malformed("no such command: " + verb)),
                        arguments);
        };
    }

    private static Answer status(Controller keeper, Arguments arguments) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        if (arguments.words().size() > 1) {
            fields.put("of", arguments.words().get(1));
        }
        if (arguments.has("json")) {
            fields.put("json", "true");
        }
        return keeper.get("/status", fields);
    }

    private static Answer effect(Controller keeper, Verb verb, Arguments arguments) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("verb", verb.word());
        fields.put("target", word(arguments, 1, "a target"));
        if (verb.argument().isPresent()) {
            fields.put("argument", word(arguments, 2, verb.argument().get()));
        }
        arguments.option("action-id").ifPresent(id -> fields.put("actionId", id));
        arguments.option("token").ifPresent(token -> fields.put("token", token));
        arguments.option("actor").ifPresent(actor -> fields.put("actor", actor));
        return keeper.post("/do", fields);
    }

    private static String word(Arguments arguments, int index, String what) {
        if (arguments.words().size() <= index) {
            throw new Arguments.Malformed(what + " is missing");
        }
        return arguments.words().get(index);
    }
}
