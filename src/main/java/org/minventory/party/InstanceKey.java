package org.minventory.party;

import java.util.HexFormat;
import org.minventory.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys that all nodes of an instance share, made by the first that asks. */
public final class InstanceKey {
    private static final int LENGTH = 32;

    private InstanceKey() {}

    /** The key of that name: 32 random bytes, the same for ever. */
    public static byte[] of(JdbcClient db, String name) {
        db.sql("insert into instance_setting (name, value) values (?, ?) on conflict (name) do nothing")
                .params(name, HexFormat.of().formatHex(Ids.random(LENGTH)))
                .update();
        String key = db.sql("select value from instance_setting where name = ?")
                .param(name)
                .query(String.class)
                .single();
        return HexFormat.of().parseHex(key);
    }
}
