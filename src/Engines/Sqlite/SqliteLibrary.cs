using System.Runtime.InteropServices;
using SQLitePCL;

namespace Typed.Sqlite;

/// <summary>
/// The functions of the native library that a function in SQL needs. The provider's own way to them takes longer for one row than SQLite does for ten.
/// </summary>
internal sealed unsafe class SqliteLibrary
{
    private const string Name = "e_sqlite3";

    private readonly nint _handle;

    private SqliteLibrary(nint handle)
    {
        _handle = handle;
        CreateFunction = (delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, void*, void*, void*, nint, int>)Find("create_function_v2");
        AggregateContext = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, void*>)Find("aggregate_context");
        ValueType = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("value_type");
        Int64 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)Find("value_int64");
        Double = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double>)Find("value_double");
        Bytes = (delegate* unmanaged[Cdecl]<nint, int>)Find("value_bytes");
        Blob = (delegate* unmanaged[Cdecl]<nint, void*>)Find("value_blob");
        Text = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("value_text");
        ResultNull = (delegate* unmanaged[Cdecl]<nint, void>)Find("result_null");
        ResultInt64 = (delegate* unmanaged[Cdecl]<nint, long, void>)Find("result_int64");
        ResultDouble = (delegate* unmanaged[Cdecl]<nint, double, void>)Find("result_double");
        ResultBlob = (delegate* unmanaged[Cdecl]<nint, void*, int, nint, void>)Find("result_blob");
        ResultError = (delegate* unmanaged[Cdecl]<nint, byte*, int, void>)Find("result_error");
    }

    /// <summary>The library of the connections; null where an application brings another one, or has it linked in.</summary>
    public static SqliteLibrary? Instance { get; } =
        raw.GetNativeLibraryName() == Name && NativeLibrary.TryLoad(Name, typeof(SqliteLibrary).Assembly, searchPath: null, out var handle)
            ? new(handle)
            : null;

    public delegate* unmanaged[Cdecl]<nint, byte*, int, int, nint, void*, void*, void*, nint, int> CreateFunction { get; }

    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, void*> AggregateContext { get; }

    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueType { get; }

    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> Int64 { get; }

    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double> Double { get; }

    public delegate* unmanaged[Cdecl]<nint, int> Bytes { get; }

    public delegate* unmanaged[Cdecl]<nint, void*> Blob { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*> Text { get; }

    public delegate* unmanaged[Cdecl]<nint, void> ResultNull { get; }

    public delegate* unmanaged[Cdecl]<nint, long, void> ResultInt64 { get; }

    public delegate* unmanaged[Cdecl]<nint, double, void> ResultDouble { get; }

    public delegate* unmanaged[Cdecl]<nint, void*, int, nint, void> ResultBlob { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, int, void> ResultError { get; }

    private nint Find(string function) => NativeLibrary.GetExport(_handle, "sqlite3_" + function);
}
