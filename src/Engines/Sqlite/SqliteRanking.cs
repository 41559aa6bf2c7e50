using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Typed.Series;

namespace Typed.Sqlite;

/// <summary>
/// Percentiles in SQL: an aggregate that makes one blob of a bucket's values and running counts, and a function that finds a percentile in it. So an entry
/// costs one call from SQLite, where reading it as a row costs four.
/// </summary>
internal static unsafe class SqliteRanking
{
    public const string Entries = "typed_entries";
    public const string Percentile = "typed_percentile";

    private static readonly SqliteLibrary s_library = SqliteLibrary.Instance!;

    /// <summary>Whether connections have the functions.</summary>
    public static bool IsThere => SqliteLibrary.Instance is not null;

    public static void Register(SqliteConnection connection)
    {
        if (IsThere && connection.Handle is { } handle)
        {
            Create(handle, Entries, null, (delegate* unmanaged[Cdecl]<nint, int, nint*, void>)&Add, (delegate* unmanaged[Cdecl]<nint, void>)&End);
            Create(handle, Percentile, (delegate* unmanaged[Cdecl]<nint, int, nint*, void>)&Find, null, null);
        }
    }

    private static void Create(sqlite3 connection, string name, void* function, void* step, void* final)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            SqliteErrors.Check(
                s_library.CreateFunction(
                    connection.DangerousGetHandle(), text, 2, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, 0, function, step, final, 0),
                connection);
        }
    }

    /// <summary>Takes a value and its count.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Add(nint context, int count, nint* arguments)
    {
        try
        {
            ((Collected*)s_library.AggregateContext(context, sizeof(Collected)))->Add(arguments[0], s_library.Int64(arguments[1]));
        }
#pragma warning disable CA1031 // nothing may be thrown through SQLite
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(context, error);
        }
    }

    /// <summary>Gives what was taken; SQLite calls it for every aggregate that took a row, also where the statement is given up.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(nint context)
    {
        var collected = (Collected*)s_library.AggregateContext(context, 0);
        if (collected is null)
        {
            s_library.ResultNull(context);
            return;
        }

        try
        {
            collected->Give(context);
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(context, error);
        }
        finally
        {
            collected->Free();
        }
    }

    /// <summary>Finds a percentile, given as the text of a decimal.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Find(nint context, int count, nint* arguments)
    {
        try
        {
            var numbers = new ReadOnlySpan<long>(s_library.Blob(arguments[0]), s_library.Bytes(arguments[0]) / sizeof(long));
            var length = (numbers.Length - 1) / 2;
            var values = numbers.Slice(1, length);
            var running = numbers[(length + 1)..];
            var text = s_library.Text(arguments[1]);
            var percentile = double.Parse(new ReadOnlySpan<byte>(text, s_library.Bytes(arguments[1])), NumberStyles.Float, CultureInfo.InvariantCulture);
            var place = running.BinarySearch(NearestRank.Of(percentile, 100, running[^1]));
            var value = values[place < 0 ? ~place : place];
            if (numbers[0] == 0)
            {
                s_library.ResultInt64(context, value);
            }
            else
            {
                s_library.ResultDouble(context, BitConverter.Int64BitsToDouble(value));
            }
        }
#pragma warning disable CA1031 // as above
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(context, error);
        }
    }

    private static void Fail(nint context, Exception error)
    {
        var message = Encoding.UTF8.GetBytes($"{Entries}: {error.Message}");
        fixed (byte* text = message)
        {
            s_library.ResultError(context, text, message.Length);
        }
    }

    /// <summary>Values, all integers or all floats, and their counts. SQLite gives its memory zeroed.</summary>
    private struct Collected
    {
        private long* _values;
        private long* _counts;
        private int _length;
        private int _room;
        private bool _areFloats;
        private bool _isUnsorted;

        public void Add(nint value, long count)
        {
            if (_length == _room)
            {
                _room = _room == 0 ? 64 : checked(_room * 2);
                _values = (long*)NativeMemory.Realloc(_values, (nuint)_room * sizeof(long));
                _counts = (long*)NativeMemory.Realloc(_counts, (nuint)_room * sizeof(long));
                _areFloats = s_library.ValueType(value) == raw.SQLITE_FLOAT;
            }

            if (_areFloats)
            {
                var number = s_library.Double(value);
                _isUnsorted |= _length > 0 && ((double*)_values)[_length - 1] > number;
                ((double*)_values)[_length] = number;
            }
            else
            {
                var number = s_library.Int64(value);
                _isUnsorted |= _length > 0 && _values[_length - 1] > number;
                _values[_length] = number;
            }

            _counts[_length++] = count;
        }

        /// <summary>Gives one blob: whether the values are floats, the values, and their running counts, all in 8 bytes each.</summary>
        public readonly void Give(nint context)
        {
            var rented = ArrayPool<long>.Shared.Rent(checked(1 + (_length * 2)));
            var numbers = rented.AsSpan(0, 1 + (_length * 2));
            var values = numbers.Slice(1, _length);
            var running = numbers[(1 + _length)..];
            numbers[0] = _areFloats ? 1 : 0;
            new ReadOnlySpan<long>(_values, _length).CopyTo(values);
            new ReadOnlySpan<long>(_counts, _length).CopyTo(running);
            if (_isUnsorted && _areFloats)
            {
                MemoryMarshal.Cast<long, double>(values).Sort(running);
            }
            else if (_isUnsorted)
            {
                values.Sort(running);
            }

            for (var i = 1; i < running.Length; i++)
            {
                running[i] = checked(running[i] + running[i - 1]);
            }

            fixed (long* blob = numbers)
            {
                // -1: SQLite copies it.
                s_library.ResultBlob(context, blob, checked(numbers.Length * sizeof(long)), -1);
            }

            ArrayPool<long>.Shared.Return(rented);
        }

        public readonly void Free()
        {
            NativeMemory.Free(_values);
            NativeMemory.Free(_counts);
        }
    }
}
