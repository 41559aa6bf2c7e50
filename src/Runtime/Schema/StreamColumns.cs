namespace Typed.Schema;

/// <summary>The members of the rows in which events are stored.</summary>
internal static class StreamColumns
{
    public const string Namespace = nameof(Namespace);
    public const string Id = nameof(Id);
    public const string Time = nameof(Time);
    public const string Body = nameof(Body);

    /// <summary>The version of the class that wrote the event, for upcasting.</summary>
    public const string Version = nameof(Version);

    /// <summary>The order in which transactions committed, which is not the order of ids. A live tail follows it.</summary>
    public const string Transaction = "Tx";
}
