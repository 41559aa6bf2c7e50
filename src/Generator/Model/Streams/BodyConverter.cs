using Typed.Schema.Json;

namespace Typed.Generator.Model.Streams;

/// <summary>A converter that reads and writes the values of a type.</summary>
/// <param name="Instance">The expression that gives it.</param>
/// <param name="Reason">Why queries do not see the values.</param>
/// <param name="Schema">What it writes; none: anything.</param>
/// <param name="IsNullable">Whether it is the converter of a nullable value type.</param>
internal sealed record BodyConverter(string Instance, string Reason, JsonTypes Schema = JsonTypes.None, bool IsNullable = false);
