// What an exposure takes beside its source: a record that the caller writes.

/** Words: window's top, left, height, width; shifts, operations, their number; frame numbers, sensor; target, bytes a count; displacement. */
export class Exposure {
  @inline
  static top(record: usize): i32 {
    return load<i32>(record);
  }
  @inline
  static left(record: usize): i32 {
    return load<i32>(record, 4);
  }
  @inline
  static height(record: usize): i32 {
    return load<i32>(record, 8);
  }
  @inline
  static width(record: usize): i32 {
    return load<i32>(record, 12);
  }
  /** Pixels of a frame of the window. */
  @inline
  static pixels(record: usize): i32 {
    return load<i32>(record, 8) * load<i32>(record, 12);
  }
  /** Where the (dy, dx) of a frame stands; of a displacement the smallest dy. */
  @inline
  static shift(record: usize, frame: i32): usize {
    return <usize>load<u32>(record, 16) + ((<usize>frame) << 4);
  }
  @inline
  static operations(record: usize): usize {
    return load<u32>(record, 20);
  }
  @inline
  static operationCount(record: usize): i32 {
    return load<i32>(record, 24);
  }
  @inline
  static frameNumber(record: usize, frame: i32): i32 {
    return load<i32>(<usize>load<u32>(record, 28) + ((<usize>frame) << 2));
  }
  @inline
  static sensor(record: usize): usize {
    return load<u32>(record, 32);
  }
  @inline
  static target(record: usize): usize {
    return load<u32>(record, 36);
  }
  /** 0: no sensor, the light of the window goes to the target. */
  @inline
  static countBytes(record: usize): i32 {
    return load<i32>(record, 40);
  }
  /** 0: the whole frame has the same shift. */
  @inline
  static displacement(record: usize): usize {
    return load<u32>(record, 44);
  }
}
