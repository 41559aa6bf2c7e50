using Typed.Time;

namespace Typed.Generator.Model.Series;

/// <summary>A key or value member.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRead">False: there is no such member that could be read, which is an error; it stands for the one that should be there.</param>
internal sealed record MemberModel(string Name, StoredType Type, bool IsRead = true);

/// <summary>An interval and the member it becomes.</summary>
/// <param name="Member">The emitted member: the name with its first letter in upper case.</param>
/// <param name="Spec">The parsed interval.</param>
internal sealed record IntervalModel(string Member, IntervalSpec Spec)
{
    /// <summary>The emitted type that names a bucket of the interval.</summary>
    public string Bucket => NameBucket(Member);

    /// <summary>What the bucket type of an interval with that member is called.</summary>
    public static string NameBucket(string member) => member + "Bucket";
}

/// <summary>What the emitted members are called: the class may well have a member <c>Key</c> or <c>Row</c> of its own.</summary>
/// <param name="In">The methods that lead to the series.</param>
/// <param name="Handle">The handle of a store.</param>
/// <param name="ContextHandle">The handle of a context.</param>
/// <param name="Key">The type of keys.</param>
/// <param name="Row">The type of rows.</param>
internal sealed record SeriesMemberNames(string In, string Handle, string ContextHandle, string Key, string Row);

/// <summary>A declared time series.</summary>
/// <param name="Type">The declared type.</param>
/// <param name="Names">The names of emitted members.</param>
/// <param name="Kind">What each bucket keeps.</param>
/// <param name="Table">The name that tables start with.</param>
/// <param name="Keys">The key members, in order.</param>
/// <param name="Value">The value member; null for a Count that adds 1.</param>
/// <param name="Time">The time member, or null.</param>
/// <param name="Intervals">The intervals, in order.</param>
/// <param name="Access">The access modifier of emitted members: a public type with an internal key type has an internal API.</param>
internal sealed record SeriesModel(
    DeclaredType Type,
    SeriesMemberNames Names,
    SeriesType Kind,
    string Table,
    EquatableArray<MemberModel> Keys,
    MemberModel? Value,
    TimeModel? Time,
    EquatableArray<IntervalModel> Intervals,
    string Access)
{
    /// <summary>How many significant digits of a value are kept; 0: all.</summary>
    public int Digits { get; init; }

    /// <summary>Whether the first column of the key is a namespace.</summary>
    public bool IsNamespaced { get; init; }

    /// <summary>Whether a point may stand for several.</summary>
    public bool IsWeighted => Kind is SeriesType.Histogram or SeriesType.Summary;

    /// <summary>Whether any interval has slots.</summary>
    public bool IsFine => Intervals.Any(interval => interval.Spec.IsFine);

    /// <summary>The type of values as they are combined and stored: totals of a Count, and what a Summary holds, are long, double or decimal.</summary>
    public StoredType Combined => Kind is not (SeriesType.Count or SeriesType.Summary) ? Value!.Type : Value?.Type.Category switch
    {
        ValueCategory.Float => StoredType.Double,
        ValueCategory.Decimal => Value.Type,
        _ => StoredType.Int64,
    };
}
