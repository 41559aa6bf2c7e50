using System.Collections.Concurrent;
using System.Reflection;

namespace Typed.Schema;

/// <summary>The names of an enum in JSON.</summary>
/// <param name="Names">Their numbers, by text.</param>
/// <param name="IsFlags">Whether names are combined.</param>
internal sealed record EnumNumbers(IReadOnlyDictionary<string, long> Names, bool IsFlags)
{
    private static readonly ConcurrentDictionary<MethodInfo, EnumNumbers> s_known = new();

    /// <summary>The names of the enum that a method converts to its number; null: it converts none.</summary>
    public static EnumNumbers? Find(MethodInfo conversion) => s_known.GetValueOrDefault(conversion);

    /// <summary>Lets the names be found. They are the same wherever the enum occurs.</summary>
    public void Know(MethodInfo conversion) => s_known[conversion] = this;
}
