namespace Typed.Schema;

/// <summary>The names of an enum in JSON.</summary>
/// <param name="Names">Their numbers, by text.</param>
/// <param name="IsFlags">Whether names are combined.</param>
internal sealed record EnumNumbers(IReadOnlyDictionary<string, long> Names, bool IsFlags);

/// <summary>A converter from an enum to its number, which knows what the enum's names are in JSON.</summary>
internal interface IEnumConverter
{
    EnumNumbers Numbers { get; }
}
