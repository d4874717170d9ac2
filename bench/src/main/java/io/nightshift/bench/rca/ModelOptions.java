package io.nightshift.bench.rca;

import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a model is asked too, and which. */
final class ModelOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--llm",
            description =
                    "Ask the model of --config about the same faults too, under neutral names. It may cost money.")
    private boolean llm;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file whose section investigate.llm names the model.")
    private Path config;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "Ask the model about N faults only, evenly spread over all of them. Default: all.")
    private Integer cases;

    /** The model's settings, or empty when none is to be asked; errors name the option or the file. */
    Optional<InvestigateSettings> settings() {
        if (!llm) {
            if (config != null || cases != null) {
                throw error("--config and --cases are for a model; add --llm, or leave them out");
            }
            return Optional.empty();
        }
        if (config == null) {
            throw error("--llm needs --config FILE, a configuration file with a section investigate.llm");
        }
        if (cases != null && cases < 1) {
            throw error("--cases is " + cases + "; write a number from 1, or leave it out for all faults");
        }
        InvestigateSettings settings = read();
        if (settings.llm().isEmpty()) {
            throw error(config + " has no section investigate.llm, so there is no model to ask; docs/operating.md says"
                    + " what stands in it");
        }
        return Optional.of(settings);
    }

    /** How many faults the model is asked about at most. */
    int cases() {
        return cases == null ? Integer.MAX_VALUE : cases;
    }

    private InvestigateSettings read() {
        try {
            return InvestigateSettings.from(ConfigFile.read(config).section("investigate"));
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ParameterException error(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
