package io.nightshift.schemas.registry;

import org.apache.avro.Schema;

/** Where writer schemas are kept and found again by id. Implementations cache and are safe for many threads. */
public interface SchemaRegistry {

    /**
     * The id of this schema under this subject, registering it when it is new.
     *
     * @throws RegistryException when the registry can't be reached or refuses the schema as incompatible
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with this id.
     *
     * @throws RegistryException when the registry can't be reached or doesn't know the id
     */
    Schema byId(int id);
}
