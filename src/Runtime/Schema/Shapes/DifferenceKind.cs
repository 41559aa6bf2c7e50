namespace Typed.Schema.Shapes;

/// <summary>What a difference between what is stored and what is declared means for the program.</summary>
internal enum Verdict
{
    /// <summary>Everything that is stored can be read.</summary>
    Fine,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something that is stored would not be seen.</summary>
    Warning,

    /// <summary>Something that is stored could not be read, or would be read as something else.</summary>
    Error,
}

/// <summary>How what is declared differs from what is stored.</summary>
internal enum DifferenceKind
{
    /// <summary>The class has an optional member that no event has.</summary>
    MemberAdded,

    /// <summary>An integer became a number.</summary>
    Widened,

    /// <summary>A value may be null that never was.</summary>
    NullAllowed,

    /// <summary>A series has an interval that nothing is stored for.</summary>
    IntervalAdded,

    /// <summary>A class of a stream that nothing is stored for.</summary>
    StreamAdded,

    /// <summary>A class of a series that nothing is stored for.</summary>
    SeriesAdded,

    /// <summary>Some events have a member that the class does not have.</summary>
    MemberUndeclared,

    /// <summary>The class requires a member that some events lack.</summary>
    MemberRequired,

    /// <summary>Every event has a member that the class does not have.</summary>
    MemberRemoved,

    /// <summary>The class has, under another name, a member that every event has or that it requires.</summary>
    MemberRenamed,

    /// <summary>Null is stored where the class takes none.</summary>
    NullRefused,

    /// <summary>Numbers with a fraction are stored where the class takes integers.</summary>
    NumberNarrowed,

    /// <summary>Values of another type are stored.</summary>
    TypeChanged,

    /// <summary>Names are stored that the enum does not have.</summary>
    EnumNameUndeclared,

    /// <summary>Texts are stored where the class takes the names of an enum, and which texts is not known.</summary>
    EnumNamesUnknown,

    /// <summary>Members have other names in JSON.</summary>
    StreamNaming,

    /// <summary>A table holds another stream.</summary>
    StreamName,

    /// <summary>Bodies are stored in another way.</summary>
    StreamBody,

    /// <summary>A stream got or lost its commit order.</summary>
    StreamFollow,

    /// <summary>A series is of another type.</summary>
    SeriesType,

    /// <summary>A series has values of another type, or another name.</summary>
    SeriesValue,

    /// <summary>A series has other keys.</summary>
    SeriesKeys,

    /// <summary>A series has its keys in another order.</summary>
    SeriesKeyOrder,

    /// <summary>An interval has another step, resolution or zone.</summary>
    IntervalGrid,

    /// <summary>An interval is stored that the class does not have.</summary>
    IntervalUndeclared,

    /// <summary>A stream is stored that no class declares.</summary>
    StreamUndeclared,

    /// <summary>A series is stored that no class declares.</summary>
    SeriesUndeclared,
}

/// <summary>What each kind of difference means: the one table of verdicts.</summary>
internal static class Verdicts
{
    public static Verdict Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MemberAdded or DifferenceKind.Widened or DifferenceKind.NullAllowed or DifferenceKind.IntervalAdded
            or DifferenceKind.StreamAdded or DifferenceKind.SeriesAdded => Verdict.Fine,
        DifferenceKind.IntervalUndeclared or DifferenceKind.StreamUndeclared or DifferenceKind.SeriesUndeclared or DifferenceKind.EnumNamesUnknown =>
            Verdict.Information,
        DifferenceKind.MemberUndeclared => Verdict.Warning,
        _ => Verdict.Error,
    };
}
