namespace Typed.Generated;

/// <summary>How a value is stored: one column type per database.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ColumnKind
{
    /// <summary>PostgreSQL <c>boolean</c>, SQLite INTEGER 0 or 1.</summary>
    Boolean,

    /// <summary>PostgreSQL <c>smallint</c>, SQLite INTEGER.</summary>
    Int16,

    /// <summary>PostgreSQL <c>integer</c>, SQLite INTEGER.</summary>
    Int32,

    /// <summary>PostgreSQL <c>bigint</c>, SQLite INTEGER.</summary>
    Int64,

    /// <summary>PostgreSQL <c>real</c>, SQLite REAL.</summary>
    Single,

    /// <summary>PostgreSQL <c>double precision</c>, SQLite REAL.</summary>
    Double,

    /// <summary>PostgreSQL <c>numeric</c>, SQLite TEXT in canonical form (no trailing zeros, no exponent).</summary>
    Decimal,

    /// <summary>PostgreSQL <c>text COLLATE "C"</c>, SQLite TEXT: both sort by code point.</summary>
    Text,

    /// <summary>PostgreSQL <c>uuid</c>, SQLite BLOB of 16 bytes, most significant first.</summary>
    Guid,

    /// <summary>PostgreSQL <c>timestamptz</c>, SQLite INTEGER Unix microseconds.</summary>
    Instant,

    /// <summary>PostgreSQL <c>date</c>, SQLite TEXT <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>PostgreSQL <c>time</c>, SQLite TEXT <c>HH:mm:ss.fffffff</c>.</summary>
    Time,

    /// <summary>PostgreSQL <c>interval</c>, SQLite INTEGER microseconds.</summary>
    Duration,

    /// <summary>PostgreSQL <c>bytea</c>, SQLite BLOB.</summary>
    Blob,

    /// <summary>PostgreSQL <c>json</c>, SQLite TEXT: the body of an event as it was written.</summary>
    Json,

    /// <summary>PostgreSQL <c>jsonb</c>, SQLite TEXT: the body of an event.</summary>
    Jsonb,
}
