namespace Typed;

/// <summary>How the bodies of events are stored.</summary>
public enum BodyFormat
{
    /// <summary>Parsed when written: queries on members are fast.</summary>
    Jsonb,

    /// <summary>Stored as text: writing is faster, queries on members parse each body.</summary>
    Json,
}
