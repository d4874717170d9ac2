package io.nightshift.bench.pipeline;

import io.nightshift.schemas.registry.SchemaRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/** Ids for schemas within this process: serdes ask a registry once for each schema, so it plays no part in what is measured. */
public final class LocalRegistry implements SchemaRegistry {

    private final List<Schema> schemas = new CopyOnWriteArrayList<>();

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        return known + 1;
    }

    @Override
    public Schema byId(int id) {
        return schemas.get(id - 1);
    }
}
