namespace Typed;

/// <summary>How the bodies of events are stored.</summary>
public enum BodyFormat
{
    /// <summary>
    /// Parsed when written: queries on members are fast. PostgreSQL keeps the values and not the text: members come back in another order, of two with one name
    /// the last, and numbers written out (https://www.postgresql.org/docs/current/datatype-json.html). Of what the serializer writes nothing is lost.
    /// </summary>
    Jsonb,

    /// <summary>Stored as text, byte for byte: writing is faster, queries on members parse each body.</summary>
    Json,
}
