#pragma warning disable CA1008, CA1028, CA1027, CA2217, CA1008, MA0062 // enums of every underlying type, at their ends
namespace Typed.Runtime.Tests.Series.Declared;

public enum ByteEnum : byte { Least = byte.MinValue, One = 1, Most = byte.MaxValue }

public enum SByteEnum : sbyte { Least = sbyte.MinValue, One = 1, Most = sbyte.MaxValue }

public enum Int16Enum : short { Least = short.MinValue, One = 1, Most = short.MaxValue }

public enum UInt16Enum : ushort { Least = ushort.MinValue, One = 1, Most = ushort.MaxValue }

public enum Int32Enum { Least = int.MinValue, One = 1, Most = int.MaxValue }

public enum UInt32Enum : uint { Least = uint.MinValue, One = 1, Most = uint.MaxValue }

public enum Int64Enum : long { Least = long.MinValue, One = 1, Most = long.MaxValue }

public enum UInt64Enum : ulong { Least = ulong.MinValue, One = 1, Most = long.MaxValue, Beyond = ulong.MaxValue }
