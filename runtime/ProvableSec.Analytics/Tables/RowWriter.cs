using DuckDB.NET.Data;
using DuckDB.NET.Native;
using DuckDBAppender = DuckDB.NET.Native.DuckDBAppender;

namespace ProvableSec.Analytics.Tables;

/// <summary>
/// Writes rows into a table of DuckDB, straight from the bytes of a record: a string for each value would cost more than reading the record. A row is there as
/// a
/// whole or not at all. Not thread-safe; several writers with connections of their own may fill one table.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private const int ChunkRows = 2048;

    private readonly DuckDBConnection connection;
    private readonly DuckDBAppender appender;
    private readonly DuckDBDataChunk chunk;
    private readonly ColumnVector[] columns;
    private readonly bool[] wanted;
    private int row;
    private bool failed;

    /// <summary>Opens a writer.</summary>
    /// <param name="connection">A connection of its own; disposed of with the writer.</param>
    /// <param name="table">The table, which exists.</param>
    /// <param name="wanted">The columns that are filled; the others stay empty. All when null.</param>
    public RowWriter(DuckDBConnection connection, LogTable table, IReadOnlySet<string>? wanted)
    {
        this.connection = connection;
        Check(NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table.Name, out appender));
        this.wanted = [.. table.Columns.Select(column => wanted is null || wanted.Contains(column.Name))];
        DuckDBLogicalType[] types = [.. table.Columns.Select((_, i) => NativeMethods.Appender.DuckDBAppenderColumnType(appender, (ulong)i))];
        chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
        foreach (DuckDBLogicalType type in types)
        {
            type.Dispose();
        }

        columns = [.. table.Columns.Select((column, i) => new ColumnVector(column, NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i)))];
        BeginChunk();
    }

    /// <summary>How many rows have been written.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a column is to be filled.</summary>
    public bool Wants(int column) => wanted[column];

    /// <summary>Begins a row anew: nothing is in it.</summary>
    public void BeginRow()
    {
        foreach (ColumnVector column in columns)
        {
            column.Clear(row);
        }
    }

    /// <summary>Ends the row. Without this call the next one takes its place.</summary>
    public void EndRow()
    {
        foreach (ColumnVector column in columns)
        {
            column.Keep();
        }

        row++;
        Rows++;
        if (row == ChunkRows)
        {
            Append();
        }
    }

    public void Text(int column, ReadOnlySpan<byte> value)
    {
        if (wanted[column])
        {
            columns[column].WriteText(row, value);
        }
    }

    public void Integer(int column, long value)
    {
        if (wanted[column])
        {
            columns[column].WriteInteger(row, value);
        }
    }

    public void Number(int column, double value)
    {
        if (wanted[column])
        {
            columns[column].WriteNumber(row, value);
        }
    }

    /// <summary>A moment, in microseconds since 1970.</summary>
    public void Time(int column, long microseconds) => Integer(column, microseconds);

    public void Flag(int column, bool value)
    {
        if (wanted[column])
        {
            columns[column].WriteFlag(row, value);
        }
    }

    /// <summary>One more element of a list of texts.</summary>
    public void Add(int column, ReadOnlySpan<byte> value)
    {
        if (wanted[column])
        {
            ColumnVector list = columns[column];
            list.SetField(0, list.AddElement(row), value);
        }
    }

    /// <summary>One more element of a list of objects, whose members are empty.</summary>
    /// <returns>What to call it in <see cref="Field"/>; -1 where the column is not wanted.</returns>
    public int AddObject(int column)
    {
        if (!wanted[column])
        {
            return -1;
        }

        ColumnVector list = columns[column];
        int element = list.AddElement(row);
        list.ClearFields(element);
        return element;
    }

    /// <summary>A member of an object in a list.</summary>
    public void Field(int column, int element, int field, ReadOnlySpan<byte> value)
    {
        if (element >= 0)
        {
            columns[column].SetField(field, element, value);
        }
    }

    /// <summary>Hands on what has been written.</summary>
    public void Flush()
    {
        Append();
        Check(NativeMethods.Appender.DuckDBAppenderFlush(appender));
    }

    public void Dispose()
    {
        chunk.Dispose();
        if (!failed)
        {
            NativeMethods.Appender.DuckDBAppenderClose(appender);
        }

        appender.Dispose();
        connection.Dispose();
    }

    private void BeginChunk()
    {
        row = 0;
        NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i].Begin(ChunkRows);
        }
    }

    private void Append()
    {
        if (row == 0)
        {
            return;
        }

        foreach (ColumnVector column in columns)
        {
            column.End();
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)row);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk));
        BeginChunk();
    }

    private void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success)
        {
            failed = true;
            throw new IOException("the table could not be written: the memory or the disk for temporary files is full");
        }
    }
}
