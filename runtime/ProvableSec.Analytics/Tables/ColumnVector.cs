using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace ProvableSec.Analytics.Tables;

/// <summary>The values of one column in a chunk of rows, in DuckDB's own memory.</summary>
internal sealed unsafe class ColumnVector(TableColumn column, nint vector)
{
    /// <summary>What DuckDB keeps of a text in place (its string type: four bytes of length, twelve of text or of prefix and pointer).</summary>
    private const int InlineBytes = 12, TextBytes = 16;

    private readonly bool isList = column.Type is ColumnType.TextList or ColumnType.ObjectList;
    private readonly nint[] fields = new nint[Math.Max(1, column.Fields.Count)];
    private byte* data;
    private ulong* validity;
    private ulong size, kept, capacity;

    /// <summary>Begins a chunk in which everything is absent.</summary>
    public void Begin(int rows)
    {
        data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        if (isList)
        {
            size = kept = capacity = 0;
            new Span<ulong>(data, rows * 2).Clear();
            Grow((ulong)rows);
            return;
        }

        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        new Span<ulong>(validity, rows / 64).Clear();
    }

    /// <summary>Ends a chunk.</summary>
    public void End()
    {
        if (isList)
        {
            _ = NativeMethods.Vectors.DuckDBListVectorSetSize(vector, kept);
        }
    }

    /// <summary>Empties a row.</summary>
    public void Clear(int row)
    {
        if (isList)
        {
            size = kept;
            ((ulong*)data)[row * 2] = kept;
            ((ulong*)data)[(row * 2) + 1] = 0;
        }
        else
        {
            validity[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    /// <summary>Keeps what the row holds.</summary>
    public void Keep() => kept = size;

    public void WriteText(int row, ReadOnlySpan<byte> value)
    {
        Assign(vector, data, row, value);
        SetValid(row);
    }

    public void WriteInteger(int row, long value)
    {
        ((long*)data)[row] = value;
        SetValid(row);
    }

    public void WriteNumber(int row, double value)
    {
        ((double*)data)[row] = value;
        SetValid(row);
    }

    public void WriteFlag(int row, bool value)
    {
        data[row] = value ? (byte)1 : (byte)0;
        SetValid(row);
    }

    /// <summary>Makes the list of a row longer.</summary>
    public int AddElement(int row)
    {
        if (size == capacity)
        {
            Grow(capacity * 2);
        }

        ((ulong*)data)[(row * 2) + 1]++;
        return (int)size++;
    }

    public void SetField(int field, int element, ReadOnlySpan<byte> value) =>
        Assign(fields[field], (byte*)NativeMethods.Vectors.DuckDBVectorGetData(fields[field]), element, value);

    public void ClearFields(int element)
    {
        for (int i = 0; i < column.Fields.Count; i++)
        {
            SetField(i, element, default);
        }
    }

    private void SetValid(int row) => validity[row >> 6] |= 1UL << (row & 63);

    private void Grow(ulong wanted)
    {
        if (wanted > capacity)
        {
            _ = NativeMethods.Vectors.DuckDBListVectorReserve(vector, wanted);
            capacity = wanted;
        }

        nint child = NativeMethods.Vectors.DuckDBListVectorGetChild(vector);
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = column.Type == ColumnType.TextList ? child : NativeMethods.Vectors.DuckDBStructVectorGetChild(child, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Assign(nint vector, byte* data, int index, ReadOnlySpan<byte> value)
    {
        if (value.Length <= InlineBytes)
        {
            byte* text = data + ((long)index * TextBytes);
            new Span<byte>(text, TextBytes).Clear();
            *(uint*)text = (uint)value.Length;
            value.CopyTo(new Span<byte>(text + sizeof(uint), InlineBytes));
            return;
        }

        fixed (byte* bytes = value)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)index, bytes, value.Length);
        }
    }
}
