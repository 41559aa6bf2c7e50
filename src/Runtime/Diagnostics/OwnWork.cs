namespace Typed.Diagnostics;

/// <summary>Tells what a store does for itself from what the application does: EF Core, with which a store opens, logs both under the same names.</summary>
internal static class OwnWork
{
    private static readonly AsyncLocal<bool> s_isUnderWay = new();

    /// <summary>Whether the present code runs for a store.</summary>
    public static bool IsUnderWay => s_isUnderWay.Value;

    /// <summary>All that follows in the calling async method is a store's work.</summary>
    public static void Begin() => s_isUnderWay.Value = true;
}
