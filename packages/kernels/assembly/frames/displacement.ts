// What a smooth displacement of a block's frames is made of: a record that the caller writes.

/**
 * Words: the window's height and width; columns and rows of the grid; taps of the window's rows and columns, each the first nodes and then four planes
 * of weights; nodes, frame × (dy, dx) × grid; the largest dy of each frame, float64; room for two lines of the grid, and for two of the window.
 */
export class Displacement {
  @inline
  static height(record: usize): i32 {
    return load<i32>(record);
  }
  @inline
  static width(record: usize): i32 {
    return load<i32>(record, 4);
  }
  @inline
  static columns(record: usize): i32 {
    return load<i32>(record, 8);
  }
  @inline
  static rowTaps(record: usize): usize {
    return load<u32>(record, 16);
  }
  @inline
  static columnTaps(record: usize): usize {
    return load<u32>(record, 20);
  }
  /** The nodes of one axis of a frame. */
  @inline
  static nodes(record: usize, frame: i32, axis: i32): usize {
    const grid = <usize>load<i32>(record, 8) * <usize>load<i32>(record, 12);
    return <usize>load<u32>(record, 24) + ((<usize>(2 * frame + axis) * grid) << 2);
  }
  @inline
  static highest(record: usize, frame: i32): f64 {
    return load<f64>(<usize>load<u32>(record, 28) + ((<usize>frame) << 3));
  }
  @inline
  static line(record: usize): usize {
    return load<u32>(record, 32);
  }
  @inline
  static lineDown(record: usize): usize {
    return load<u32>(record, 36);
  }
  @inline
  static lineRight(record: usize): usize {
    return load<u32>(record, 40);
  }
}
