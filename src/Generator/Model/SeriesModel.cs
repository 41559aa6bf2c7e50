using Typed.Time;

namespace Typed.Generator.Model;

/// <summary>What each bucket keeps. The names are those of the runtime's SeriesType.</summary>
internal enum SeriesKind
{
    Series,
    Histogram,
    Count,
    Gauge,
    Set,
}

/// <summary>A key or value member.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">Its type.</param>
internal sealed record MemberModel(string Name, StoredType Type);

/// <summary>The member with the time of a point or an event.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="IsDateTime">DateTime rather than DateTimeOffset.</param>
/// <param name="IsNullable">Whether it may be null.</param>
internal sealed record TimeModel(string Name, bool IsDateTime, bool IsNullable);

/// <summary>An interval and the member it becomes.</summary>
/// <param name="Member">The emitted member: the name with its first letter in upper case.</param>
/// <param name="Spec">The parsed interval.</param>
internal sealed record IntervalModel(string Member, IntervalSpec Spec);

/// <summary>A declared time series.</summary>
/// <param name="Type">The declared type.</param>
/// <param name="Kind">What each bucket keeps.</param>
/// <param name="Table">The name that tables start with.</param>
/// <param name="Keys">The key members, in order.</param>
/// <param name="Value">The value member; null for a Count that adds 1.</param>
/// <param name="Time">The time member, or null.</param>
/// <param name="Intervals">The intervals, in order.</param>
/// <param name="Access">The access modifier of emitted members: a public type with an internal key type has an internal API.</param>
internal sealed record SeriesModel(
    DeclaredType Type,
    SeriesKind Kind,
    string Table,
    EquatableArray<MemberModel> Keys,
    MemberModel? Value,
    TimeModel? Time,
    EquatableArray<IntervalModel> Intervals,
    string Access)
{
    /// <summary>The type of values as they are combined: totals of a Count are long, double or decimal.</summary>
    public StoredType Combined => Kind != SeriesKind.Count ? Value!.Type : Value?.Type.Category switch
    {
        ValueCategory.Float => s_double,
        ValueCategory.Decimal => Value.Type,
        _ => s_long,
    };

    private static readonly StoredType s_long = new("long", "global::Typed.Generated.Int64Column", "Int64", ValueCategory.Integer, IsReference: false);
    private static readonly StoredType s_double = new("double", "global::Typed.Generated.DoubleColumn", "Double", ValueCategory.Float, IsReference: false);
}

