namespace Typed;

/// <summary>How gaps are filled: <c>Fill(Fill.Previous)</c>, <c>Fill(Fill.Linear)</c>.</summary>
public static class Fill
{
    /// <summary>A gap takes what the bucket before it has.</summary>
    public static FillPrevious Previous => default;

    /// <summary>A gap lies on the straight line between the buckets around it, by their starts.</summary>
    public static FillLinear Linear => default;
}

/// <summary>A gap takes what the bucket before it has.</summary>
public readonly record struct FillPrevious;

/// <summary>A gap lies on the straight line between the buckets around it.</summary>
public readonly record struct FillLinear;
