using System.Collections.ObjectModel;
using System.IO.Compression;
using System.Text;

namespace ProvableSec.ServiceData;

/// <summary>Reads what eng/service-data.mjs wrote; the format is described there.</summary>
internal sealed class CatalogueReader
{
    private const int Multivalued = 128;
    private const int AccessLevelMask = 31;
    private const int PermissionOnly = 32;

    private readonly byte[] bytes;
    private int position;

    private CatalogueReader(byte[] bytes) => this.bytes = bytes;

    public bool IsAtEnd => position == bytes.Length;

    /// <summary>Inflates one block that starts where <paramref name="stream"/> stands, and leaves the stream anywhere behind.</summary>
    public static CatalogueReader Inflate(Stream stream, int rawLength)
    {
        using var deflate = new DeflateStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return new CatalogueReader(ReadExactly(deflate, rawLength));
    }

    public static byte[] ReadExactly(Stream stream, int length)
    {
        byte[] bytes = new byte[length];
        for (int filled = 0; filled < length;)
        {
            int read = stream.Read(bytes, filled, length - filled);
            if (read == 0)
            {
                throw new InvalidDataException("The service catalogue ends too early.");
            }

            filled += read;
        }

        return bytes;
    }

    public byte Byte() => position < bytes.Length
        ? bytes[position++]
        : throw new InvalidDataException("The service catalogue has a block that ends too early.");

    public int Number()
    {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7)
        {
            byte next = Byte();
            value |= (next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("The service catalogue has a number that is too long.");
    }

    public string Text()
    {
        int length = Number();
        if (length > bytes.Length - position)
        {
            throw new InvalidDataException("The service catalogue has a block that ends too early.");
        }

        string text = Encoding.UTF8.GetString(bytes, position, length);
        position += length;
        return text;
    }

    public T[] Array<T>(Func<T> read)
    {
        T[] values = new T[Number()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read();
        }

        return values;
    }

    public ConditionKeyInfo ConditionKey()
    {
        byte type = Byte();
        return new ConditionKeyInfo(Text(), (ConditionKeyType)(type & ~Multivalued), (type & Multivalued) != 0);
    }

    public Service Service(string prefix, string name)
    {
        ConditionKeyInfo[] keys = Array(ConditionKey);
        ReadOnlyCollection<ConditionKeyInfo>[] keyLists = Array(() => KeyList(keys));
        ResourceType[] types = Array(() => new ResourceType(Text(), List(Text), keyLists[Number()]));
        string[] dependencies = Array(Text);

        // The actions lie column by column, as they deflate best.
        string[] names = Array(Text);
        byte[] flags = Column(names.Length, Byte);
        int[] keyListPlaces = Column(names.Length, Number);
        ReadOnlyCollection<string>[] dependentActions = Column(names.Length, () => List(() => dependencies[Number()]));
        ServiceAction[] actions = new ServiceAction[names.Length];
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] = new ServiceAction(
                prefix,
                names[i],
                (AccessLevels)(flags[i] & AccessLevelMask),
                (flags[i] & PermissionOnly) != 0,
                List(() => Reference(types, keyLists)),
                keyLists[keyListPlaces[i]],
                dependentActions[i]);
        }

        return IsAtEnd
            ? new Service(prefix, name, Wrap(actions), Wrap(types), Wrap(keys))
            : throw new InvalidDataException($"The service catalogue has more of {prefix} than was expected.");
    }

    private static T[] Column<T>(int length, Func<T> read)
    {
        T[] values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = read();
        }

        return values;
    }

    // Wrapped, so that nobody can cast the list back to an array and write to what all threads share.
    private static ReadOnlyCollection<T> Wrap<T>(T[] values) => values.Length == 0 ? Empty<T>.List : new(values);

    private ReadOnlyCollection<T> List<T>(Func<T> read) => Wrap(Array(read));

    private ReadOnlyCollection<ConditionKeyInfo> KeyList(ConditionKeyInfo[] keys)
    {
        int place = -1;
        return List(() => keys[place += Number() + 1]);
    }

    private ResourceTypeReference Reference(ResourceType[] types, ReadOnlyCollection<ConditionKeyInfo>[] keyLists)
    {
        int reference = Number();
        return new ResourceTypeReference(types[reference >> 1], (reference & 1) != 0, keyLists[Number()]);
    }

    private static class Empty<T>
    {
        public static readonly ReadOnlyCollection<T> List = new([]);
    }
}
