namespace ProvableSec.Reasoning.Search;

/// <summary>
/// Which variable a search decides next: the one that conflicts have met most, the sooner the longer ago it was made. Most variables of most searches no
/// conflict ever meets; they wait in the order of their numbers, which costs nothing to keep.
/// </summary>
internal sealed class VariableOrder
{
    private const int Nowhere = -1, Idle = -2;

    private const double MostActivity = 1e100, Growth = 1.05;

    private double[] activity = new double[64];

    // Where a variable stands in the heap of those that conflicts have met.
    private int[] places = new int[64];
    private int[] heap = new int[16];
    private int size, count, nextIdle;
    private double bump = 1;

    /// <summary>Takes in the next variable.</summary>
    public void Add()
    {
        if (count == places.Length)
        {
            Array.Resize(ref places, 2 * count);
            Array.Resize(ref activity, 2 * count);
        }

        places[count++] = Idle;
    }

    /// <summary>The variable to decide next; -1 where all are assigned.</summary>
    /// <param name="values">The values of all variables, 0 for those that have none.</param>
    public int Pick(sbyte[] values)
    {
        while (size > 0)
        {
            int variable = Pop();
            if (values[variable] == 0)
            {
                return variable;
            }
        }

        while (nextIdle < count && (values[nextIdle] != 0 || places[nextIdle] != Idle))
        {
            nextIdle++;
        }

        return nextIdle < count ? nextIdle : -1;
    }

    /// <summary>Takes note that a variable has lost its value.</summary>
    public void Release(int variable)
    {
        if (places[variable] == Idle)
        {
            nextIdle = Math.Min(nextIdle, variable);
        }
        else if (places[variable] == Nowhere)
        {
            Insert(variable);
        }
    }

    /// <summary>Takes note that a conflict has met an assigned variable.</summary>
    public void Bump(int variable)
    {
        activity[variable] += bump;
        if (activity[variable] > MostActivity)
        {
            for (int i = 0; i < count; i++)
            {
                activity[i] /= MostActivity;
            }

            bump /= MostActivity;
        }

        if (places[variable] == Idle)
        {
            places[variable] = Nowhere;
        }
        else if (places[variable] >= 0)
        {
            Up(places[variable]);
        }
    }

    /// <summary>Makes what conflicts have met so far count less.</summary>
    public void Age() => bump *= Growth;

    // Ties go to the lower variable, which makes the order, and with it every answer, the same on every machine.
    private bool Before(int a, int b) => activity[a] > activity[b] || (activity[a] == activity[b] && a < b);

    private void Insert(int variable)
    {
        if (size == heap.Length)
        {
            Array.Resize(ref heap, 2 * size);
        }

        heap[size] = variable;
        places[variable] = size;
        Up(size++);
    }

    private int Pop()
    {
        int top = heap[0], last = heap[--size];
        places[top] = Nowhere;
        if (size > 0)
        {
            heap[0] = last;
            places[last] = 0;
            Down(0);
        }

        return top;
    }

    private void Up(int at)
    {
        int variable = heap[at];
        while (at > 0 && Before(variable, heap[(at - 1) / 2]))
        {
            heap[at] = heap[(at - 1) / 2];
            places[heap[at]] = at;
            at = (at - 1) / 2;
        }

        heap[at] = variable;
        places[variable] = at;
    }

    private void Down(int at)
    {
        int variable = heap[at];
        while ((2 * at) + 1 is var child && child < size)
        {
            if (child + 1 < size && Before(heap[child + 1], heap[child]))
            {
                child++;
            }

            if (!Before(heap[child], variable))
            {
                break;
            }

            heap[at] = heap[child];
            places[heap[at]] = at;
            at = child;
        }

        heap[at] = variable;
        places[variable] = at;
    }
}
